/// The function `live`: the WebSockets' own, from their opening to their end.
@Configuration
@Requires(property = "turnout.function", value = "live")
@NullMarked
package app.turnout.live.sockets;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
