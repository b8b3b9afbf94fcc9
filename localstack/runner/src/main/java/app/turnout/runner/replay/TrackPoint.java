package app.turnout.runner.replay;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One position of a recorded track.
public record TrackPoint(
    Instant time, double latitude, double longitude, @Nullable Double altitudeMetres) {
  private static final double EARTH_RADIUS_METRES = 6_371_008.8;

  TrackPoint later(Duration shift) {
    return new TrackPoint(time.plus(shift), latitude, longitude, altitudeMetres);
  }

  /// Great-circle distance by the haversine formula.
  public double metresTo(TrackPoint other) {
    double halfLatitude = Math.sin(Math.toRadians(other.latitude - latitude) / 2);
    double halfLongitude = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
    double chord =
        halfLatitude * halfLatitude
            + Math.cos(Math.toRadians(latitude))
                * Math.cos(Math.toRadians(other.latitude))
                * halfLongitude
                * halfLongitude;
    return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(chord)));
  }
}
