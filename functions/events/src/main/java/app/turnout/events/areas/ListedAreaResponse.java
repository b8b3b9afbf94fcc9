package app.turnout.events.areas;

import app.turnout.events.planning.PositionBody;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A venue in a list: without its layout, which may be large.
@Serdeable
record ListedAreaResponse(
    UUID id,
    String name,
    @Nullable String address,
    @Nullable String city,
    PositionBody position,
    @Nullable Integer capacity,
    @Nullable OffsetDateTime archivedAt,
    OffsetDateTime createdAt,
    OffsetDateTime updatedAt) {
  static ListedAreaResponse of(Area area) {
    return new ListedAreaResponse(
        area.id().value(),
        area.name(),
        area.address(),
        area.city(),
        PositionBody.of(area.position()),
        area.capacity(),
        area.archivedAt() == null ? null : area.archivedAt().atOffset(ZoneOffset.UTC),
        area.createdAt().atOffset(ZoneOffset.UTC),
        area.updatedAt().atOffset(ZoneOffset.UTC));
  }
}
