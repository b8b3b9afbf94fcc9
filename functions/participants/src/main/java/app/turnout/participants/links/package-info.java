/// Links that participants act by: listed, made, revoked, and sent by e-mail to one or to all of a
/// date.
@Configuration
@Requires(property = "turnout.function", value = "participants")
@NullMarked
package app.turnout.participants.links;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
