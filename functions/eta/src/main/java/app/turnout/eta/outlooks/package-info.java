/// The function `eta`: shows when they will be here, one by one and as a curve.
@Configuration
@Requires(property = "turnout.function", value = "eta")
@NullMarked
package app.turnout.eta.outlooks;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
