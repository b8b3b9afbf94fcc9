package app.turnout.eta;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How many will be there, minute by minute.
///
/// @param asOf when that was foreseen
/// @param expected everybody who did not say that they will not come
/// @param arrived who is there already
/// @param onTheWay who is foreseen to come
/// @param unknown of whom nothing can be foreseen: no position, not left yet, going away, or silent
///   for longer than they still needed
/// @param late who is foreseen after the start, or came after it
/// @param curve one point a minute, from `asOf`
public record Forecast(
    Instant asOf,
    int expected,
    int arrived,
    int onTheWay,
    int unknown,
    int late,
    List<Point> curve) {
  private static final Duration STEP = Duration.ofMinutes(1);

  /// From when it is not foreseen any more, minute by minute.
  private static final Duration FARTHEST = Duration.ofDays(1);

  /// How far beyond the start those who are late are followed.
  private static final Duration LATEST = Duration.ofHours(3);

  public Forecast {
    curve = List.copyOf(curve);
  }

  /// How many will be there by then.
  public record Point(Instant at, int arrived) {}

  /// From the outlooks of those who are expected.
  ///
  /// @param startsAt the curve goes until then, and as far beyond as somebody is foreseen to come,
  ///   within three hours; for a day at most
  static Forecast of(List<Outlook> outlooks, Instant startsAt, Instant now) {
    List<Instant> foreseen = new ArrayList<>();
    int arrived = 0;
    int late = 0;
    for (Outlook outlook : outlooks) {
      Instant eta = outlook.eta();
      if (outlook.state() == ArrivalState.ARRIVED) {
        arrived++;
      } else if (eta != null && isComing(outlook, eta, now)) {
        foreseen.add(eta.isBefore(now) ? now : eta);
      } else {
        continue;
      }
      if (eta != null && eta.isAfter(startsAt)) {
        late++;
      }
    }
    foreseen.sort(Instant::compareTo);
    return new Forecast(
        now,
        outlooks.size(),
        arrived,
        foreseen.size(),
        outlooks.size() - arrived - foreseen.size(),
        late,
        curve(arrived, foreseen, startsAt, now));
  }

  private static boolean isComing(Outlook outlook, Instant eta, Instant now) {
    return switch (outlook.state()) {
      case ON_THE_WAY, STANDING_STILL -> true;
      case SILENT -> eta.isAfter(now) && !Boolean.FALSE.equals(outlook.moving());
      case NO_POSITION, NOT_LEFT, GOING_AWAY, ARRIVED -> false;
    };
  }

  private static List<Point> curve(
      int arrived, List<Instant> foreseen, Instant startsAt, Instant now) {
    Instant end = startsAt;
    if (!foreseen.isEmpty() && foreseen.getLast().isAfter(end)) {
      Instant latest = (startsAt.isAfter(now) ? startsAt : now).plus(LATEST);
      end = foreseen.getLast().isBefore(latest) ? foreseen.getLast() : latest;
    }
    Instant farthest = now.plus(FARTHEST);
    end = end.isBefore(farthest) ? end : farthest;
    List<Point> points = new ArrayList<>();
    int there = arrived;
    int next = 0;
    Instant at = now;
    boolean isLast = false;
    while (!isLast) {
      isLast = !at.isBefore(end);
      while (next < foreseen.size() && !foreseen.get(next).isAfter(at)) {
        next++;
        there++;
      }
      points.add(new Point(at, there));
      at = at.plus(STEP);
    }
    return points;
  }
}
