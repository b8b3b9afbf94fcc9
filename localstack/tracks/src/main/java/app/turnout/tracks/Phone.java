package app.turnout.tracks;

import app.turnout.domain.GeoPoint;
import java.util.ArrayList;
import java.util.List;

/// What a phone tells of a journey: a position each few seconds, off by an error that drifts, a few
/// of them far off, and at times nothing for minutes.
final class Phone {
  private static final double METRES_PER_DEGREE = 111_195;

  /// How long an error of positioning lasts.
  private static final double DRIFT_SECONDS = 30;

  private final Draw draw;
  private final double interval;
  private final double error;
  private double northError;
  private double eastError;

  private Phone(Draw draw) {
    this.draw = draw;
    this.interval = draw.oneOf(List.of(5.0, 10.0, 10.0, 15.0, 30.0, 60.0));
    this.error = draw.between(3, 11);
    this.northError = draw.normal(error);
    this.eastError = draw.normal(error);
  }

  /// What was told, in whole seconds, each at most once.
  static List<Moment> positions(Journey journey, Draw draw) {
    return new Phone(draw).follow(journey);
  }

  private List<Moment> follow(Journey journey) {
    double silentFrom = Double.MAX_VALUE;
    double silentUntil = Double.MAX_VALUE;
    if (draw.percent(35)) {
      silentFrom = draw.between(journey.departure(), journey.end() - 400);
      silentUntil = silentFrom + draw.between(100, 300);
    }
    List<Moment> told = new ArrayList<>();
    double last = -interval;
    for (double next = draw.between(0, interval); next < journey.end(); ) {
      double second = StrictMath.rint(next);
      drift(second - last);
      last = second;
      GeoPoint seen = seen(journey.positionAt(second));
      boolean silent = second >= silentFrom && second < silentUntil;
      if (!silent && (told.isEmpty() || told.getLast().seconds() < second)) {
        told.add(new Moment(second, seen));
      }
      next += interval * draw.between(0.9, 1.1);
    }
    return told;
  }

  private void drift(double seconds) {
    double kept = StrictMath.exp(-seconds / DRIFT_SECONDS);
    double fresh = StrictMath.sqrt(1 - kept * kept);
    northError = kept * northError + draw.normal(error * fresh);
    eastError = kept * eastError + draw.normal(error * fresh);
  }

  private GeoPoint seen(GeoPoint position) {
    double factor = draw.between(0, 1) < 0.004 ? draw.between(10, 30) : 1;
    return new GeoPoint(
        position.latitude() + factor * northError / METRES_PER_DEGREE,
        position.longitude()
            + factor
                * eastError
                / (METRES_PER_DEGREE * StrictMath.cos(StrictMath.toRadians(position.latitude()))));
  }
}
