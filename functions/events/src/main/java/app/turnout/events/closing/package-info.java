/// The function `closing`: dates begin and end, and what is long over is put away, as time goes.
@Configuration
@Requires(property = "turnout.function", value = "closing")
@NullMarked
package app.turnout.events.closing;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
