/// The function `live-push`: tells those who watch what happened, merged.
@Configuration
@Requires(property = "turnout.function", value = "live-push")
@NullMarked
package app.turnout.live.push;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
