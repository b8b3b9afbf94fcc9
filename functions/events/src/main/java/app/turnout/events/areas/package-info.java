/// Venues of an organization.
@Configuration
@Requires(property = "turnout.function", value = "events")
@NullMarked
package app.turnout.events.areas;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
