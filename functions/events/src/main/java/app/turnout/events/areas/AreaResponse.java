package app.turnout.events.areas;

import app.turnout.events.planning.PositionBody;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A venue.
@Serdeable
record AreaResponse(
    UUID id,
    String name,
    @Nullable String address,
    @Nullable String city,
    PositionBody position,
    @Nullable Integer capacity,
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
        area.createdAt().atOffset(ZoneOffset.UTC),
        area.updatedAt().atOffset(ZoneOffset.UTC));
  }
}
