/// What positions do about events of other areas.
@Configuration
@Requires(property = "turnout.function", value = "locations-events")
@NullMarked
package app.turnout.locations.reactions;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
