package app.turnout.tracks;

import app.turnout.domain.GeoPoint;

/// Where people are on their way to.
record Venue(String name, GeoPoint position) {
  static final int ARRIVAL_RADIUS_METRES = 150;
}
