/// The function `participants-imports`: works off guest lists that came as CSV.
@Configuration
@Requires(property = "turnout.function", value = "participants-imports")
@NullMarked
package app.turnout.participants.imports;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
