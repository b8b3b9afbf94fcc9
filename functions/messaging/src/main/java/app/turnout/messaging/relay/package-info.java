/// The function `outbox-relay`: sends what business transactions left in the outbox.
@Configuration
@Requires(property = "turnout.function", value = "outbox-relay")
@NullMarked
package app.turnout.messaging.relay;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
