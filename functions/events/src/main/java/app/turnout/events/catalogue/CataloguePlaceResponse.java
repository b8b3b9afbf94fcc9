package app.turnout.events.catalogue;

import app.turnout.events.planning.PositionBody;
import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where something takes place.
///
/// @param areaId null where the organiser gave a position only
@Serdeable
record CataloguePlaceResponse(
    @Nullable UUID areaId,
    @Nullable String name,
    @Nullable String address,
    @Nullable String city,
    @Nullable PositionBody position) {
  /// Null where nothing is said.
  static @Nullable CataloguePlaceResponse of(PublicPlace place) {
    PositionBody position =
        place.latitude() == null || place.longitude() == null
            ? null
            : new PositionBody(place.latitude(), place.longitude());
    return place.area() == null && position == null
        ? null
        : new CataloguePlaceResponse(
            place.area(), place.name(), place.address(), place.city(), position);
  }
}
