package app.turnout.events.catalogue;

import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What can be booked of an event, as the catalogue keeps it.
///
/// @param amount in minor units of the currency
/// @param quantity for each date; null where only the date's capacity limits
@Serdeable
record PublicTicketType(
    UUID id,
    String name,
    @Nullable String description,
    long amount,
    String currency,
    @Nullable Integer quantity,
    @Nullable OffsetDateTime salesFrom,
    @Nullable OffsetDateTime salesUntil,
    int maxPerBooking) {}
