package app.turnout.events.series;

import app.turnout.domain.TimeWindow;
import app.turnout.events.rules.RecurrenceSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/// Instants that follow from what clocks in a zone show.
public final class DateTimes {
  private DateTimes() {}

  /// A local time that a clock change skips moves forward by the gap; of one that comes twice, the
  /// first is meant (RFC 5545 §3.3.5).
  public static Instant instant(LocalDateTime local, ZoneId zone) {
    return RecurrenceSet.instant(local, zone);
  }

  /// From a local start to a local end. Where a clock change would put the end before the start, it
  /// lasts as long as clocks without the change would show.
  public static TimeWindow window(LocalDateTime start, LocalDateTime end, ZoneId zone) {
    Instant from = instant(start, zone);
    Instant to = instant(end, zone);
    return new TimeWindow(from, to.isAfter(from) ? to : from.plus(Duration.between(start, end)));
  }
}
