package app.turnout.events.tickettypes;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What can be booked of an event.
///
/// @param quantity how many there are for each date; null where only the date's capacity limits
/// @param archivedAt since then it is not offered
@Serdeable
record TicketTypeResponse(
    UUID id,
    UUID eventId,
    String name,
    @Nullable String description,
    MoneyBody price,
    @Nullable Integer quantity,
    @Nullable OffsetDateTime salesFrom,
    @Nullable OffsetDateTime salesUntil,
    int maxPerBooking,
    int position,
    boolean archived,
    @Nullable OffsetDateTime archivedAt,
    OffsetDateTime createdAt,
    OffsetDateTime updatedAt) {
  static TicketTypeResponse of(TicketType type) {
    return new TicketTypeResponse(
        type.id().value(),
        type.event().value(),
        type.name(),
        type.description(),
        MoneyBody.of(type.price()),
        type.quantity(),
        time(type.salesFrom()),
        time(type.salesUntil()),
        type.maxPerBooking(),
        type.position(),
        type.isArchived(),
        time(type.archivedAt()),
        type.createdAt().atOffset(ZoneOffset.UTC),
        type.updatedAt().atOffset(ZoneOffset.UTC));
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
