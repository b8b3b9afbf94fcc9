package app.turnout.events.catalogue;

import app.turnout.domain.TimeWindow;
import app.turnout.events.planning.EventStatus;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A date of an event.
///
/// @param status as it is stored
/// @param title of its own; null when it is the event's
/// @param available how many places are free; null where nothing limits
record PublicDate(
    UUID occurrence,
    LocalDateTime localStart,
    LocalDateTime localEnd,
    ZoneId zone,
    Instant startsAt,
    Instant endsAt,
    String status,
    @Nullable String title,
    PublicPlace place,
    @Nullable Integer capacity,
    @Nullable Integer available) {
  /// How far it has come; `active` and `completed` follow from the time.
  EventStatus statusAt(Instant now) {
    return EventStatus.valueOf(status.toUpperCase(Locale.ROOT))
        .at(now, new TimeWindow(startsAt, endsAt));
  }

  boolean isOverAt(Instant now) {
    return !endsAt.isAfter(now);
  }
}
