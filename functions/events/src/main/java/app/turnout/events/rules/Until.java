package app.turnout.events.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// The end of a rule, in the form it was given: a moment in UTC, a local time, or a date that is
/// meant whole. The last date may be at it.
///
/// @param latest in local time
/// @param moment null unless it was given in UTC
record Until(String text, LocalDateTime latest, @Nullable Instant moment) {
  static Until of(Instant moment, ZoneId zone) {
    return new Until(
        LocalTexts.basic(moment.atZone(ZoneOffset.UTC).toLocalDateTime()) + "Z",
        moment.atZone(zone).toLocalDateTime(),
        moment);
  }

  static Until of(LocalDateTime local) {
    return new Until(LocalTexts.basic(local), local, null);
  }

  static Until of(LocalDate date) {
    return new Until(
        LocalTexts.basic(date.atStartOfDay()).substring(0, 8), date.atTime(23, 59, 59), null);
  }

  boolean allows(LocalDateTime start, ZoneId zone) {
    return moment == null
        ? !start.isAfter(latest)
        : !RecurrenceSet.instant(start, zone).isAfter(moment);
  }

  /// Nothing is allowed after it: local times and instants may differ in order for the length of a
  /// clock change.
  LocalDateTime horizon() {
    return moment == null ? latest : latest.plusDays(2);
  }

  /// As iCalendar wants it where DTSTART has a zone.
  Instant instant(ZoneId zone) {
    return moment == null ? RecurrenceSet.instant(latest, zone) : moment;
  }
}
