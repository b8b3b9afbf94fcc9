/// The function `recurrence`: makes the dates of recurring events ahead, and follows the clocks.
@NullMarked
@Configuration
@Requires(property = "turnout.function", value = "recurrence")
package app.turnout.events.recurrence;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
