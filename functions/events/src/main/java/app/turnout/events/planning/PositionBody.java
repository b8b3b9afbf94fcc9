package app.turnout.events.planning;

import app.turnout.domain.GeoPoint;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

/// A position on the wire, WGS 84 degrees.
@Serdeable
public record PositionBody(
    @DecimalMin("-90") @DecimalMax("90") double latitude,
    @DecimalMin("-180") @DecimalMax("180") double longitude) {
  public static PositionBody of(GeoPoint point) {
    return new PositionBody(point.latitude(), point.longitude());
  }

  public GeoPoint toPoint() {
    return new GeoPoint(latitude, longitude);
  }
}
