package app.turnout.events.calendar;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a recurring event: a rule, and from when to when it holds.
///
/// @param endsBefore null for the last part
record CalendarPart(
    LocalDateTime start,
    ZoneId zone,
    @Nullable String rrule,
    List<LocalDateTime> rdates,
    List<LocalDateTime> exdates,
    @Nullable LocalDateTime endsBefore) {
  CalendarPart {
    rdates = List.copyOf(rdates);
    exdates = List.copyOf(exdates);
  }
}
