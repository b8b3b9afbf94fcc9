package app.turnout.tracks;

import app.turnout.domain.GeoPoint;
import java.util.ArrayList;
import java.util.List;

/// Where somebody really is at each moment: at home for a while, then on the way, then at the end
/// of it. Seconds count from the first moment.
///
/// @param moments in order; on a straight line between two of them
/// @param departure when the way began
record Journey(List<Moment> moments, double departure) {
  /// How long somebody is seen at the end.
  private static final double STAY_SECONDS = 240;

  Journey {
    moments = List.copyOf(moments);
  }

  double end() {
    return moments.getLast().seconds();
  }

  GeoPoint positionAt(double seconds) {
    int after = 0;
    while (after < moments.size() && moments.get(after).seconds() < seconds) {
      after++;
    }
    if (after == 0) {
      return moments.getFirst().position();
    }
    if (after == moments.size()) {
      return moments.getLast().position();
    }
    Moment from = moments.get(after - 1);
    Moment to = moments.get(after);
    double share = (seconds - from.seconds()) / (to.seconds() - from.seconds());
    return new Stretch(from.position(), to.position(), 0, 0).at(share);
  }

  /// The second from which on the distance to a place never again exceeds a radius; after the end
  /// when it still does there. Somebody who only passes by has not arrived.
  double arrival(GeoPoint place, double radiusMetres) {
    double second = StrictMath.floor(end());
    if (positionAt(second).metresTo(place) > radiusMetres) {
      return end() + 1;
    }
    while (second > 0 && positionAt(second - 1).metresTo(place) <= radiusMetres) {
      second--;
    }
    return second;
  }

  /// Drives the way as people do, later than the router says: slower throughout, in traffic that
  /// changes every few hundred metres, with red lights, and for some a jam or an errand.
  static Journey along(Way way, Draw draw) {
    Writer writer = new Writer(way.start());
    writer.stand(draw.between(60, 360));
    double departure = writer.seconds;
    double pace = draw.around(1.1, 0.12);
    double traffic = draw.around(1, 0.25);
    double untilChange = draw.between(150, 500);
    double untilLight = draw.untilNext(1_100);
    boolean jammed = draw.percent(20);
    double jamAt = jammed ? draw.between(0.2, 0.8) * way.metres() : Double.MAX_VALUE;
    double jamEnd = jamAt + draw.between(150, 500);
    double jamSpeed = draw.between(1.2, 2.5);
    boolean errand = draw.percent(25);
    double errandAt = errand ? draw.between(0.15, 0.85) * way.metres() : Double.MAX_VALUE;
    double errandSeconds = draw.between(100, 480);
    double driven = 0;
    for (Stretch stretch : way.stretches()) {
      double seconds = stretch.seconds() * pace * traffic;
      if (driven >= jamAt && driven < jamEnd) {
        seconds = Math.max(seconds, stretch.metres() / jamSpeed);
      }
      writer.go(stretch.to(), seconds);
      driven += stretch.metres();
      untilChange -= stretch.metres();
      untilLight -= stretch.metres();
      if (untilChange < 0) {
        traffic = draw.around(1, 0.25);
        untilChange = draw.between(150, 500);
      }
      if (untilLight < 0) {
        writer.stand(draw.between(5, 40));
        untilLight = draw.untilNext(1_100);
      }
      if (driven >= errandAt) {
        writer.stand(errandSeconds);
        errandAt = Double.MAX_VALUE;
      }
    }
    writer.stand(STAY_SECONDS);
    return new Journey(writer.moments, departure);
  }

  private static final class Writer {
    private final List<Moment> moments = new ArrayList<>();
    private double seconds;

    Writer(GeoPoint start) {
      moments.add(new Moment(0, start));
    }

    void stand(double duration) {
      go(moments.getLast().position(), duration);
    }

    void go(GeoPoint to, double duration) {
      if (duration > 0) {
        seconds += duration;
        moments.add(new Moment(seconds, to));
      }
    }
  }
}
