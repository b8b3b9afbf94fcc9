/// What the guest lists do about events of other areas.
@Configuration
@Requires(property = "turnout.function", value = "participants-events")
@NullMarked
package app.turnout.participants.reactions;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
