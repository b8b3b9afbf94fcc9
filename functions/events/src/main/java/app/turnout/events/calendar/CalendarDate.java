package app.turnout.events.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// A date of an event.
///
/// @param originalStart by which it is known for ever, as clocks showed it
/// @param title its own; null when it is the event's
/// @param description its own; null when it is the event's
record CalendarDate(
    LocalDateTime originalStart,
    ZoneId zone,
    Instant startsAt,
    Instant endsAt,
    boolean isCancelled,
    @Nullable String title,
    @Nullable String description,
    CalendarPlace place,
    Instant updatedAt,
    long version) {
  Duration lasts() {
    return Duration.between(startsAt, endsAt);
  }
}
