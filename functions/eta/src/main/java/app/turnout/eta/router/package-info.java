/// Asks OSRM for ways along roads, and stops asking a router that does not answer.
@Configuration
@Requires(property = "turnout.function", pattern = "eta|eta-refresh")
@NullMarked
package app.turnout.eta.router;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
