package app.turnout.events.catalogue;

import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What can be booked of an event.
///
/// @param id null for general admission, which an event without other ticket types has
/// @param price null where it is free and nothing else of the event is sold
/// @param quantity for each date; null where only the date's capacity limits
@Serdeable
record CatalogueTicketTypeResponse(
    @Nullable UUID id,
    String name,
    @Nullable String description,
    @Nullable CataloguePriceResponse price,
    @Nullable Integer quantity,
    @Nullable OffsetDateTime salesFrom,
    @Nullable OffsetDateTime salesUntil,
    int maxPerBooking) {
  static final CatalogueTicketTypeResponse GENERAL_ADMISSION =
      new CatalogueTicketTypeResponse(null, "General admission", null, null, null, null, null, 10);

  static CatalogueTicketTypeResponse of(PublicTicketType type) {
    return new CatalogueTicketTypeResponse(
        type.id(),
        type.name(),
        type.description(),
        new CataloguePriceResponse(type.amount(), type.currency()),
        type.quantity(),
        type.salesFrom(),
        type.salesUntil(),
        type.maxPerBooking());
  }
}
