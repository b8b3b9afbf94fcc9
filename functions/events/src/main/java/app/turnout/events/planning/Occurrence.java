package app.turnout.events.planning;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.TimeWindow;
import java.time.Instant;
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
    return new TimeWindow(instant(localStart, zone), instant(localEnd, zone));
  }

  static Instant instant(LocalDateTime local, ZoneId zone) {
    return local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }
}
