package app.turnout.tracks;

import app.turnout.domain.GeoPoint;

/// Where somebody is, so many seconds after setting out.
record Moment(double seconds, GeoPoint position) {}
