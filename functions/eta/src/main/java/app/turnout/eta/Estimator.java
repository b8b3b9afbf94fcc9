package app.turnout.eta;

import app.turnout.domain.TravelMode;
import app.turnout.eta.router.Way;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says how long a participant still needs: by the way that a router found, else from the pings of
/// the last 15 minutes.
final class Estimator {
  /// How far back pings are looked at, from the newest.
  static final Duration WINDOW = Duration.ofMinutes(15);

  /// Pings nearer together than this say nothing more of a speed.
  static final Duration STEP = Duration.ofSeconds(10);

  /// Long enough to tell a walker from a wandering receiver, and a stop from standing still.
  private static final Duration MOVING_WINDOW = Duration.ofMinutes(3);

  private static final double MOVING_METRES = 50;

  /// Who is off the road walks to it; so near, it is the receiver that errs.
  private static final double AT_THE_ROAD_METRES = 50;

  private static final double WALKING_METRES_PER_SECOND = 1.3;

  private final VelocityEstimator velocity = new VelocityEstimator();
  private final double pace;

  /// @param pace how many times longer people take than routers say
  Estimator(double pace) {
    this.pace = pace;
  }

  /// The estimate as of the newest ping; empty without a ping. The order of the pings does not
  /// matter, nor do repeated ones.
  Optional<Estimate> estimate(
      Place place, TravelMode mode, Collection<Ping> pings, @Nullable Way way) {
    return Course.of(pings, WINDOW).map(course -> estimate(place, mode, course, way));
  }

  private Estimate estimate(Place place, TravelMode mode, Course course, @Nullable Way way) {
    double distance = course.newest().position().metresTo(place.position());
    Optional<Duration> byVelocity =
        way == null ? velocity.remaining(place, course) : Optional.empty();
    Duration remaining =
        way == null ? byVelocity.orElseGet(() -> simple(place, mode, distance)) : byWay(place, way);
    Strategy otherwise = byVelocity.isPresent() ? Strategy.VELOCITY : Strategy.SIMPLE;
    return new Estimate(
        way == null ? otherwise : Strategy.OSRM,
        distance <= place.arrivalRadiusMetres() ? Duration.ZERO : remaining,
        distance,
        course.moves(MOVING_WINDOW, MOVING_METRES),
        course.leadsAwayFrom(place),
        way);
  }

  /// The way is aimed half-way into the radius, as without a router.
  private Duration byWay(Place place, Way way) {
    double share =
        way.metres() > 0
            ? Math.max(0, way.metres() - place.arrivalRadiusMetres() / 2) / way.metres()
            : 0;
    double walking =
        Math.max(0, way.offRoadMetres() - AT_THE_ROAD_METRES) / WALKING_METRES_PER_SECOND;
    return Duration.ofMillis(Math.round(pace * share * way.duration().toMillis() + 1000 * walking));
  }

  private static Duration simple(Place place, TravelMode mode, double distance) {
    double kilometresAnHour =
        switch (mode) {
          case CAR -> 30;
          case BICYCLE -> 15;
          case FOOT -> 5;
        };
    double metres = Math.max(0, distance - place.arrivalRadiusMetres());
    return Duration.ofMillis(Math.round(1000 * metres / (kilometresAnHour * 1000 / 3600)));
  }
}
