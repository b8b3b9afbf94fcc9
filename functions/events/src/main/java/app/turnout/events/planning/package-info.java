/// Events and their dates, as their organisers plan them.
@Configuration
@Requires(property = "turnout.function", value = "events")
@NullMarked
package app.turnout.events.planning;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
