package app.turnout.events.catalogue;

import app.turnout.events.planning.EventStatus;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One date of an event.
///
/// @param title when it is not the event's
/// @param startsAt with the offset of its time zone
/// @param available how many places are free; null where nothing limits
/// @param ticketTypes what is free of each; in lists empty
@Serdeable
record CatalogueDateResponse(
    UUID occurrenceId,
    EventStatus status,
    @Nullable String title,
    OffsetDateTime startsAt,
    OffsetDateTime endsAt,
    String timeZone,
    @Nullable CataloguePlaceResponse place,
    @Nullable Integer capacity,
    @Nullable Integer available,
    boolean soldOut,
    List<Free> ticketTypes) {
  /// What is free of a ticket type.
  ///
  /// @param ticketTypeId null for general admission
  /// @param available null where nothing limits
  @Serdeable
  record Free(@Nullable UUID ticketTypeId, @Nullable Integer available) {}

  CatalogueDateResponse {
    ticketTypes = List.copyOf(ticketTypes);
  }

  /// As lists show it.
  static CatalogueDateResponse of(PublicDate date, Instant now) {
    return of(date, List.of(), now);
  }

  /// With what is free of each of the event's ticket types.
  static CatalogueDateResponse of(PublicDate date, PublicEvent event, Instant now) {
    List<Free> free =
        event.ticketTypes().isEmpty()
            ? List.of(new Free(null, date.available()))
            : event.ticketTypes().stream()
                .map(type -> new Free(type.id(), least(type.quantity(), date.available())))
                .toList();
    return of(date, free, now);
  }

  private static CatalogueDateResponse of(PublicDate date, List<Free> free, Instant now) {
    return new CatalogueDateResponse(
        date.occurrence(),
        date.statusAt(now),
        date.title(),
        date.startsAt().atZone(date.zone()).toOffsetDateTime(),
        date.endsAt().atZone(date.zone()).toOffsetDateTime(),
        date.zone().getId(),
        CataloguePlaceResponse.of(date.place()),
        date.capacity(),
        date.available(),
        date.available() != null && date.available() == 0,
        free);
  }

  private static @Nullable Integer least(@Nullable Integer some, @Nullable Integer other) {
    if (some == null || other == null) {
      return some == null ? other : some;
    }
    return Math.min(some, other);
  }
}
