package app.turnout.events.catalogue;

import app.turnout.domain.EventId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event as lists show it, with one of its dates.
///
/// @param priceMin in minor units of the currency; 0 is free
/// @param currency null where nothing is sold
/// @param metres from where it is looked for; null when nothing was said of that, or it has no
///   place
record ListedEvent(
    EventId id,
    String slug,
    UUID organization,
    String organizationName,
    String title,
    String language,
    @Nullable String category,
    String type,
    String status,
    @Nullable String imageUrl,
    long priceMin,
    long priceMax,
    @Nullable String currency,
    @Nullable Instant registrationDeadline,
    @Nullable Instant registrationClosedAt,
    PublicDate date,
    @Nullable Double metres) {}
