/// The function `eta-refresh`: keeps the arrival times of a date that somebody watches, and tells
/// those who watch.
@Configuration
@Requires(property = "turnout.function", value = "eta-refresh")
@NullMarked
package app.turnout.eta.refresh;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
