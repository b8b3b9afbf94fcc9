package app.turnout.eta;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Remaining time from the participant's own speed over the window.
///
/// ```
/// remaining  = (distance − radius / 2) / (speed × directness)
/// speed      = 0.8 × speed over the window + 0.2 × speed over the last 3 minutes
/// directness = (decrease of distance + 5000 m / 1.15) / (path + 5000 m)
/// ```
///
/// Why neither of the obvious two serves: the speed alone takes every road to lead straight to the
/// place, and a jam to go on; the decrease of distance alone takes a bend for a delay. So speeds
/// are root mean squares (see [Step#metresPerSecond]), because jams end; and roads are taken to be
/// longer than the straight line, as they are by 1.2 to 1.4 on average (circuity: Ballou, Rahardja,
/// Sakai, *Transportation Research A* 36 (2002) 843–848; Boscoe, Henry, Zdeb, *The Professional
/// Geographer* 64 (2012) 188–196), a part of which the steps' straight lines already cut off. That
/// expectation counts as much as 5 km of observed way. The last stretch is aimed half-way into the
/// radius: positions are off by tens of metres and people are slow there.
///
/// The numbers are round ones from the middle of a flat optimum over a recorded bus ride through a
/// jam and some forty walks, runs, rides and drives, going away included. `EstimatorAccuracyTest`
/// prints how far off it is.
final class VelocityEstimator {
  private static final Duration RECENT = Duration.ofMinutes(3);
  private static final double SHARE_OF_WINDOW = 0.8;
  private static final double CIRCUITY = 1.15;
  private static final double CIRCUITY_WEIGHT_METRES = 5_000;

  /// Less time, or less way, makes no speed.
  private static final double MINIMUM_SECONDS = 60;

  private static final double MINIMUM_METRES = 150;

  /// Empty when the pings are too few, or the participant has not really moved in all the window.
  Optional<Duration> remaining(Place place, Course whole) {
    Course course = whole.sinceSettingOut();
    if (course.seconds() < MINIMUM_SECONDS || course.spreadMetres() < MINIMUM_METRES) {
      return Optional.empty();
    }
    List<Step> steps = course.steps();
    double metresPerSecond = speed(course, steps) * directness(place, course, steps);
    return metresPerSecond > 0
        ? Optional.of(seconds(metresLeft(place, course.newest()) / metresPerSecond))
        : Optional.empty();
  }

  private static double speed(Course course, List<Step> steps) {
    Course recent = course.last(RECENT);
    boolean sparse = recent.seconds() < RECENT.toSeconds() / 2.0;
    double latest = Step.metresPerSecond(sparse ? steps : recent.steps());
    return SHARE_OF_WINDOW * Step.metresPerSecond(steps) + (1 - SHARE_OF_WINDOW) * latest;
  }

  private static double directness(Place place, Course course, List<Step> steps) {
    double decrease =
        course.oldest().position().metresTo(place.position())
            - course.newest().position().metresTo(place.position());
    return (Math.max(0, decrease) + CIRCUITY_WEIGHT_METRES / CIRCUITY)
        / (Step.metres(steps) + CIRCUITY_WEIGHT_METRES);
  }

  private static double metresLeft(Place place, Ping newest) {
    return newest.position().metresTo(place.position()) - place.arrivalRadiusMetres() / 2;
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(1000 * Math.max(0, seconds)));
  }
}
