package app.turnout.events.planning;

import app.turnout.domain.GeoPoint;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which events are asked for; what is null is any.
///
/// @param city of the date that is meant now
/// @param priceMin of the lowest price, in minor units
/// @param priceMax of the lowest price
/// @param near where that date is
/// @param radiusMetres how far away at most; means nothing without `near`
/// @param archived those that are archived, else those that are not
record EventFilter(
    @Nullable String q,
    @Nullable String city,
    @Nullable String category,
    @Nullable String type,
    @Nullable String status,
    @Nullable UUID createdBy,
    @Nullable OffsetDateTime from,
    @Nullable OffsetDateTime to,
    @Nullable Long priceMin,
    @Nullable Long priceMax,
    @Nullable GeoPoint near,
    long radiusMetres,
    boolean archived) {}
