/// People who stand twice in the list of a date: found, and merged.
@Configuration
@Requires(property = "turnout.function", value = "participants")
@NullMarked
package app.turnout.participants.doubles;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
