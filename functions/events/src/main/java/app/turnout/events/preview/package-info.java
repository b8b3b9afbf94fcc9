/// What a recurrence would come to, before anything is planned by it.
@Configuration
@Requires(property = "turnout.function", value = "events")
@NullMarked
package app.turnout.events.preview;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
