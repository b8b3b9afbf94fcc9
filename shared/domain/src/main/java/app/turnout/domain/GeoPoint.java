package app.turnout.domain;

/// A position on the earth in WGS 84 degrees.
///
/// @param latitude from -90 to 90
/// @param longitude from -180 to 180
public record GeoPoint(double latitude, double longitude) {
  /// Mean radius of the earth (IUGG R1).
  private static final double EARTH_RADIUS_METRES = 6_371_008.8;

  public GeoPoint {
    if (!(latitude >= -90 && latitude <= 90)) {
      throw new IllegalArgumentException("latitude must be from -90 to 90");
    }
    if (!(longitude >= -180 && longitude <= 180)) {
      throw new IllegalArgumentException("longitude must be from -180 to 180");
    }
  }

  /// Great-circle distance by the haversine formula, on a sphere: within 0.6 % of the ellipsoid's.
  public double metresTo(GeoPoint other) {
    double fromLatitude = Math.toRadians(latitude);
    double toLatitude = Math.toRadians(other.latitude);
    double halfLatitude = Math.sin((toLatitude - fromLatitude) / 2);
    double halfLongitude = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
    double chord =
        halfLatitude * halfLatitude
            + Math.cos(fromLatitude) * Math.cos(toLatitude) * halfLongitude * halfLongitude;
    return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(chord)));
  }
}
