package app.turnout.eta;

import app.turnout.domain.GeoPoint;

/// Where an occurrence takes place.
///
/// @param arrivalRadiusMetres who is this near has arrived
public record Place(GeoPoint position, double arrivalRadiusMetres) {
  public Place {
    if (!(arrivalRadiusMetres >= 0)) {
      throw new IllegalArgumentException("arrival radius must not be negative");
    }
  }
}
