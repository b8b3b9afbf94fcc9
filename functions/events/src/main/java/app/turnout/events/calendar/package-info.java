/// The catalogue's events as iCalendar (RFC 5545), for calendar programs that subscribe to them.
@Configuration
@Requires(property = "turnout.function", value = "catalogue")
@NullMarked
package app.turnout.events.calendar;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
