/// Whether the product is up, and ready to serve.
@Configuration
@Requires(property = "turnout.function", value = "operations")
@NullMarked
package app.turnout.operations;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
