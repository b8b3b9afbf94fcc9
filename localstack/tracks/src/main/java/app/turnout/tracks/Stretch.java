package app.turnout.tracks;

import app.turnout.domain.GeoPoint;

/// A straight piece of road.
///
/// @param seconds how long the router takes for it
record Stretch(GeoPoint from, GeoPoint to, double metres, double seconds) {
  Stretch scaled(double factor) {
    return new Stretch(from, to, metres, seconds * factor);
  }

  /// The point so much of the way along it.
  GeoPoint at(double share) {
    return new GeoPoint(
        from.latitude() + share * (to.latitude() - from.latitude()),
        from.longitude() + share * (to.longitude() - from.longitude()));
  }
}
