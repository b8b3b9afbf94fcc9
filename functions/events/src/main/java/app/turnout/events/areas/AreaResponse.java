package app.turnout.events.areas;

import app.turnout.events.planning.PositionBody;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A venue.
///
/// @param archivedAt since then it is not offered for new events
@Serdeable
record AreaResponse(
    UUID id,
    String name,
    @Nullable String address,
    @Nullable String city,
    PositionBody position,
    @Nullable Integer capacity,
    @Nullable Layout layout,
    @Nullable OffsetDateTime archivedAt,
    OffsetDateTime createdAt,
    OffsetDateTime updatedAt) {
  static AreaResponse of(Area area) {
    return new AreaResponse(
        area.id().value(),
        area.name(),
        area.address(),
        area.city(),
        PositionBody.of(area.position()),
        area.capacity(),
        area.layout(),
        area.archivedAt() == null ? null : area.archivedAt().atOffset(ZoneOffset.UTC),
        area.createdAt().atOffset(ZoneOffset.UTC),
        area.updatedAt().atOffset(ZoneOffset.UTC));
  }
}
