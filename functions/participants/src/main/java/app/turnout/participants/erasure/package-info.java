/// The erasure of a person across an organization, and its receipt. Consumers do it, see the
/// packages `reactions`.
@Configuration
@Requires(property = "turnout.function", value = "participants")
@NullMarked
package app.turnout.participants.erasure;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
