/// What events do about events of other areas.
@Configuration
@Requires(property = "turnout.function", value = "events-events")
@NullMarked
package app.turnout.events.reactions;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
