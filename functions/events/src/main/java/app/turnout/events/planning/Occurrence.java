package app.turnout.events.planning;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.TimeWindow;
import app.turnout.events.series.DateTimes;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// One date of an event: local times and a zone, from which the instants follow.
record Occurrence(
    OccurrenceId id,
    LocalDateTime localStart,
    LocalDateTime localEnd,
    ZoneId zone,
    EventStatus status,
    @Nullable Integer capacity) {

  /// A local time that a clock change skips moves forward by the gap; of one that comes twice, the
  /// first is meant (RFC 5545 §3.3.5).
  TimeWindow window() {
    return DateTimes.window(localStart, localEnd, zone);
  }

  /// As long, at another time.
  Occurrence beginningAt(LocalDateTime start) {
    return new Occurrence(
        id, start, start.plus(Duration.between(localStart, localEnd)), zone, status, capacity);
  }
}
