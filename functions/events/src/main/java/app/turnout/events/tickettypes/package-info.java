/// What can be booked of an event.
@Configuration
@Requires(property = "turnout.function", value = "events")
@NullMarked
package app.turnout.events.tickettypes;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
