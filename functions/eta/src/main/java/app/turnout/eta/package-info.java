/// When they will be here: arrival times from positions. Owns no table; reads what `events`,
/// `participants` and `locations` keep.
@Configuration
@Requires(property = "turnout.function", value = "eta")
@NullMarked
package app.turnout.eta;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
