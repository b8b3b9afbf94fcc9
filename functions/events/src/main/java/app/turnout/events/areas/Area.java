package app.turnout.events.areas;

import app.turnout.domain.AreaId;
import app.turnout.domain.GeoPoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A venue.
///
/// @param name one of its kind in the organization, whatever the case
public record Area(
    AreaId id,
    String name,
    @Nullable String address,
    @Nullable String city,
    GeoPoint position,
    @Nullable Integer capacity,
    Instant createdAt,
    Instant updatedAt) {}
