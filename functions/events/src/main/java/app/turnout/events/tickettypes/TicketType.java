package app.turnout.events.tickettypes;

import app.turnout.domain.EventId;
import app.turnout.domain.Money;
import app.turnout.domain.TicketTypeId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What can be booked of an event.
///
/// @param name one of its kind at the event, whatever the case
/// @param quantity for each date; null where only the date's capacity limits
/// @param salesFrom null when it is sold from the beginning
/// @param salesUntil null when it is sold to the end
/// @param position its place among the event's; of two with the same, the older comes first
/// @param archivedAt since then it is not offered; null while it is
public record TicketType(
    TicketTypeId id,
    EventId event,
    String name,
    @Nullable String description,
    Money price,
    @Nullable Integer quantity,
    @Nullable Instant salesFrom,
    @Nullable Instant salesUntil,
    int maxPerBooking,
    int position,
    @Nullable Instant archivedAt,
    Instant createdAt,
    Instant updatedAt,
    long version) {
  boolean isArchived() {
    return archivedAt != null;
  }

  /// The same for another event, whose sales are so much later.
  TicketType copied(TicketTypeId copy, EventId other, Duration shift, Instant now) {
    return new TicketType(
        copy,
        other,
        name,
        description,
        price,
        quantity,
        salesFrom == null ? null : salesFrom.plus(shift),
        salesUntil == null ? null : salesUntil.plus(shift),
        maxPerBooking,
        position,
        null,
        now,
        now,
        1);
  }
}
