/// The description of the whole API, for people and programs.
@Configuration
@Requires(property = "turnout.function", value = "console")
@NullMarked
package app.turnout.console;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
