package app.turnout.events.tickettypes;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// What a ticket type is to be.
///
/// @param price in the currency of the event's other ticket types
/// @param quantity how many there are for each date; without it only the date's capacity limits
/// @param salesFrom from the beginning when not given
/// @param salesUntil to the end when not given; after `sales_from`
/// @param maxPerBooking 10 when not given
/// @param position its place among the event's; the last when not given
/// @param archived true when it is not offered any more; false when not given
@Serdeable
record TicketTypeRequest(
    @NotBlank @Size(max = 100) String name,
    @Nullable @Size(max = 2_000) String description,
    @Valid MoneyBody price,
    @Nullable @Min(1) @Max(1_000_000) Integer quantity,
    @Nullable OffsetDateTime salesFrom,
    @Nullable OffsetDateTime salesUntil,
    @Nullable @Min(1) @Max(100) Integer maxPerBooking,
    @Nullable @Min(0) @Max(10_000) Integer position,
    @Nullable Boolean archived) {
  static TicketTypeRequest of(TicketType type) {
    return new TicketTypeRequest(
        type.name(),
        type.description(),
        MoneyBody.of(type.price()),
        type.quantity(),
        time(type.salesFrom()),
        time(type.salesUntil()),
        type.maxPerBooking(),
        type.position(),
        type.isArchived());
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
