/// What is done with organizations about events of other areas.
@Configuration
@Requires(property = "turnout.function", value = "organizations-events")
@NullMarked
package app.turnout.organizations.reactions;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
