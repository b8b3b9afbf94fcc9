/// Recurring events: the parts of their rules, and the dates that follow from them.
@NullMarked
@Configuration
@Requires(property = "turnout.function", pattern = "events|recurrence")
package app.turnout.events.series;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
