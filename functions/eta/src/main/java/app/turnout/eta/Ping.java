package app.turnout.eta;

import app.turnout.domain.GeoPoint;
import java.time.Duration;
import java.time.Instant;

/// One position of one participant at one time.
///
/// @param accuracyMetres radius within which the phone believes to be; 0 when it did not say
public record Ping(Instant time, GeoPoint position, double accuracyMetres) {
  /// What consumer receivers wander by while they lie still, and so what is no movement.
  private static final double NOISE_METRES = 20;

  /// Faster than any train: such a step is an error of positioning.
  private static final double IMPOSSIBLE_METRES_PER_SECOND = 100;

  double metresTo(Ping other) {
    return position.metresTo(other.position);
  }

  double secondsTo(Ping other) {
    return Math.abs(Duration.between(time, other.time).toMillis()) / 1000.0;
  }

  /// Whether the two positions are farther apart than their errors explain.
  boolean isBeyondNoise(Ping other) {
    return metresTo(other) >= Math.max(NOISE_METRES, accuracyMetres + other.accuracyMetres);
  }

  /// Whether nobody can have been at both: of two such pings at least one is wrong.
  boolean contradicts(Ping other) {
    return isBeyondNoise(other)
        && metresTo(other) > IMPOSSIBLE_METRES_PER_SECOND * secondsTo(other);
  }
}
