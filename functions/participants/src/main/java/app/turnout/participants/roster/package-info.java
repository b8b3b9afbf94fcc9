/// The roster of a recurring event: who belongs to each of its dates. A consumer expects them
/// there, see the package `reactions`.
@Configuration
@Requires(property = "turnout.function", value = "participants")
@NullMarked
package app.turnout.participants.roster;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
