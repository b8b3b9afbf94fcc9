/// The dates of events, one by one, and edits to one, to this and all later, or to all.
@NullMarked
@Configuration
@Requires(property = "turnout.function", value = "events")
package app.turnout.events.dates;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
