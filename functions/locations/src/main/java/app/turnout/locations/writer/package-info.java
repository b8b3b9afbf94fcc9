/// The function `location-writer`: stores what `locations` took, by the batch.
@Configuration
@Requires(property = "turnout.function", value = "location-writer")
@NullMarked
package app.turnout.locations.writer;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
