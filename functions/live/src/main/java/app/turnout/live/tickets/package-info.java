/// The function `live-tickets`: lets watchers in, and shows them what is so now.
@Configuration
@Requires(property = "turnout.function", value = "live-tickets")
@NullMarked
package app.turnout.live.tickets;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
