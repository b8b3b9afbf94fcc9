/// Accounts and what proves who is calling: registration, login, sessions, tokens and their keys.
@Configuration
@Requires(property = "turnout.function", value = "identity")
@NullMarked
package app.turnout.identity;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
