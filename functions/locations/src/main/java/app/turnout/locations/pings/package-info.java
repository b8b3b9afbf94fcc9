/// The function `locations`: takes pings into the queue, and shows what is stored.
@Configuration
@Requires(property = "turnout.function", value = "locations")
@NullMarked
package app.turnout.locations.pings;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
