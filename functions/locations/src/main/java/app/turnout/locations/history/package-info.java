/// Where participants were and are: tracks by time range, simplified for drawing, in three formats,
/// and latest positions. Part of the function `locations`.
@Configuration
@Requires(property = "turnout.function", value = "locations")
@NullMarked
package app.turnout.locations.history;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
