package app.turnout.eta.outlooks;

import app.turnout.eta.Place;
import io.micronaut.serde.annotation.Serdeable;

/// Where participants are expected, WGS 84 degrees.
///
/// @param arrivalRadiusMetres who is this near has arrived
@Serdeable
record DestinationBody(double latitude, double longitude, double arrivalRadiusMetres) {
  static DestinationBody of(Place place) {
    return new DestinationBody(
        place.position().latitude(), place.position().longitude(), place.arrivalRadiusMetres());
  }
}
