package app.turnout.eta;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/// Says how long a participant still needs, from the pings of the last 15 minutes.
final class Estimator {
  /// How far back pings are looked at, from the newest.
  static final Duration WINDOW = Duration.ofMinutes(15);

  private static final double SIMPLE_METRES_PER_SECOND = 30_000 / 3_600.0;

  /// Long enough to tell a walker from a wandering receiver, and a stop from standing still.
  private static final Duration MOVING_WINDOW = Duration.ofMinutes(3);

  private static final double MOVING_METRES = 50;

  private final VelocityEstimator velocity = new VelocityEstimator();

  /// The estimate as of the newest ping; empty without a ping. The order of the pings does not
  /// matter, nor do repeated ones.
  Optional<Estimate> estimate(Place place, Collection<Ping> pings) {
    return Course.of(pings, WINDOW).map(course -> estimate(place, course));
  }

  private Estimate estimate(Place place, Course course) {
    double distance = course.newest().position().metresTo(place.position());
    Optional<Duration> byVelocity = velocity.remaining(place, course);
    Duration remaining = byVelocity.orElseGet(() -> simple(place, distance));
    return new Estimate(
        byVelocity.isPresent() ? Strategy.VELOCITY : Strategy.SIMPLE,
        distance <= place.arrivalRadiusMetres() ? Duration.ZERO : remaining,
        distance,
        course.moves(MOVING_WINDOW, MOVING_METRES));
  }

  private static Duration simple(Place place, double distance) {
    double metres = Math.max(0, distance - place.arrivalRadiusMetres());
    return Duration.ofMillis(Math.round(1000 * metres / SIMPLE_METRES_PER_SECOND));
  }
}
