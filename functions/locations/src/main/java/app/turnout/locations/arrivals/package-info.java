/// The function `arrivals`: who fell silent at the place of their date has arrived.
@Configuration
@Requires(property = "turnout.function", value = "arrivals")
@NullMarked
package app.turnout.locations.arrivals;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
