/// The function `cleanup`: makes and drops partitions of pings, and removes what has expired.
@Configuration
@Requires(property = "turnout.function", value = "cleanup")
@NullMarked
package app.turnout.maintenance.cleanup;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
