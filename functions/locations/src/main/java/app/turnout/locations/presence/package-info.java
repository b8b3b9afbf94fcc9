/// Who is at the place of their date, as their pings tell.
@NullMarked
@Configuration
@Requires(property = "turnout.function", pattern = "location-writer|arrivals")
package app.turnout.locations.presence;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
