package app.turnout.events.areas;

import app.turnout.domain.AreaId;
import app.turnout.domain.GeoPoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A venue.
///
/// @param name one of its kind in the organization, whatever the case
/// @param archivedAt since then it is not offered for new events; null while it is
public record Area(
    AreaId id,
    String name,
    @Nullable String address,
    @Nullable String city,
    GeoPoint position,
    @Nullable Integer capacity,
    @Nullable Layout layout,
    @Nullable Instant archivedAt,
    Instant createdAt,
    Instant updatedAt,
    long version) {
  Area with(AreaRequest request, Instant now) {
    return new Area(
        id,
        request.name().strip(),
        request.address(),
        request.city(),
        request.position().toPoint(),
        request.capacity(),
        request.layout(),
        archivedAt,
        createdAt,
        now,
        version + 1);
  }

  Area archived(@Nullable Instant at, Instant now) {
    return new Area(
        id, name, address, city, position, capacity, layout, at, createdAt, now, version + 1);
  }
}
