package app.turnout.events.calendar;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event with its dates, in the order of their original starts; there is one at least.
///
/// @param parts empty for a one-off event
record CalendarEvent(
    UUID id,
    String slug,
    String organizationName,
    String title,
    @Nullable String description,
    @Nullable String category,
    boolean isCancelled,
    ZoneId zone,
    CalendarPlace place,
    List<CalendarPart> parts,
    Instant createdAt,
    Instant updatedAt,
    long version,
    List<CalendarDate> dates) {
  CalendarEvent {
    parts = List.copyOf(parts);
    dates = List.copyOf(dates);
  }

  CalendarEvent with(List<CalendarDate> itsDates) {
    return new CalendarEvent(
        id,
        slug,
        organizationName,
        title,
        description,
        category,
        isCancelled,
        zone,
        place,
        parts,
        createdAt,
        updatedAt,
        version,
        itsDates);
  }
}
