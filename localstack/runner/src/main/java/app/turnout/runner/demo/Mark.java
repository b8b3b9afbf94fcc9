package app.turnout.runner.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How wrong the foretold arrival may be when so much is left of the way.
record Mark(int minutesLeft, int toleranceMinutes) {
  static final List<Mark> ALL =
      List.of(new Mark(30, 15), new Mark(15, 15), new Mark(10, 5), new Mark(5, 3));

  /// Something seen within this of the moment stands for it.
  private static final Duration NEAR = Duration.ofMinutes(2);

  Instant moment(Instant arrival) {
    return arrival.minus(Duration.ofMinutes(minutesLeft));
  }

  /// What was seen nearest to the moment, by the time of the position that it is based on.
  Optional<Sight> seen(List<Sight> sights, Instant arrival) {
    Instant moment = moment(arrival);
    return sights.stream()
        .filter(sight -> sight.lastPingAt() != null && sight.eta() != null)
        .filter(sight -> distance(sight, moment).compareTo(NEAR) <= 0)
        .min(Comparator.comparing(sight -> distance(sight, moment)));
  }

  double errorMinutes(Sight sight, Instant arrival) {
    Instant foretold = sight.eta();
    return foretold == null
        ? Double.NaN
        : Duration.between(arrival, foretold).toMillis() / 60_000.0;
  }

  private static Duration distance(Sight sight, Instant moment) {
    Instant position = sight.lastPingAt();
    return position == null ? Duration.ofDays(1) : Duration.between(position, moment).abs();
  }
}
