/// What happens and when: events, their dates, and the venues they are held at.
@Configuration
@Requires(property = "turnout.function", value = "events")
@NullMarked
package app.turnout.events;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
