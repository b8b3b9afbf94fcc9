package app.turnout.events.catalogue;

import app.turnout.events.planning.PositionBody;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A venue where public events are held.
///
/// @param events how many, of those that are neither over nor cancelled
@Serdeable
record CatalogueAreaResponse(
    UUID id,
    CatalogueOrganizationResponse organization,
    String name,
    @Nullable String address,
    @Nullable String city,
    PositionBody position,
    long events) {
  static CatalogueAreaResponse of(PublicArea area) {
    PublicPlace place = area.place();
    return new CatalogueAreaResponse(
        Objects.requireNonNull(place.area()),
        new CatalogueOrganizationResponse(area.organization(), area.organizationName()),
        Objects.requireNonNull(place.name()),
        place.address(),
        place.city(),
        new PositionBody(
            Objects.requireNonNull(place.latitude()), Objects.requireNonNull(place.longitude())),
        area.events());
  }
}
