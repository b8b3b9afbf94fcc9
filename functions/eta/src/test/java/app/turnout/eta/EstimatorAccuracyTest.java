package app.turnout.eta;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.TravelMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How far off the arrival times are on a recorded ride, ours beside the obvious candidates. Prints
/// the table; what must hold is asserted.
class EstimatorAccuracyTest {
  private static final Place PLACE = new Place(new GeoPoint(52.672777, -8.570741), 150);
  private static final List<Ping> RIDE = Gpx.pings("/tracks/limerick-bus-304.gpx");
  private static final Instant ARRIVAL =
      RIDE.stream()
          .filter(ping -> metresLeft(ping) <= PLACE.arrivalRadiusMetres())
          .findFirst()
          .orElseThrow()
          .time();
  private static final Instant END = RIDE.getLast().time();

  /// Minutes left, and by how many minutes the estimate may then be wrong.
  private static final Map<Integer, Integer> TOLERANCES = Map.of(30, 15, 15, 15, 10, 5, 5, 3);

  private interface Candidate {
    /// Seconds left, from pings in order.
    double seconds(List<Ping> pings);
  }

  private static final Candidate OURS = pings -> estimate(pings).remaining().toMillis() / 1000.0;
  private static final Map<String, Candidate> CANDIDATES = new LinkedHashMap<>();

  static {
    CANDIDATES.put("30 km/h", pings -> metresLeft(pings.getLast()) / (30 / 3.6));
    CANDIDATES.put("speed over 15 min", pings -> metresLeft(pings.getLast()) / speed(pings));
    CANDIDATES.put(
        "towards it over 15 min", pings -> metresLeft(pings.getLast()) / speedTowards(pings));
    CANDIDATES.put(
        "towards it over 5 min",
        pings -> metresLeft(pings.getLast()) / speedTowards(last(pings, Duration.ofMinutes(5))));
    CANDIDATES.put(
        "speed, way 1.4 times longer", pings -> 1.4 * metresLeft(pings.getLast()) / speed(pings));
    CANDIDATES.put(
        "speed and towards it, mean",
        pings -> 2 * metresLeft(pings.getLast()) / (speed(pings) + speedTowards(pings)));
    CANDIDATES.put("ours", OURS);
  }

  @Test
  void busRideThroughJamIsForetold() {
    System.out.printf(
        "Error in minutes (least..most within 90 s), arrival at %s%n%-28s", ARRIVAL, "");
    List<Integer> marks = TOLERANCES.keySet().stream().sorted(Comparator.reverseOrder()).toList();
    marks.forEach(left -> System.out.printf("%17s", left + " min left"));
    CANDIDATES.forEach(
        (name, candidate) -> {
          System.out.printf("%n%-28s", name);
          marks.forEach(left -> System.out.printf("%17s", summary(candidate, left)));
        });
    for (int every : List.of(30, 60, 120)) {
      System.out.printf("%n%-28s", "ours, a ping each " + every + " s");
      marks.forEach(
          left ->
              System.out.printf(
                  Locale.ROOT, "%+17.1f", errorAt(thinned(Duration.ofSeconds(every)), left)));
    }
    System.out.println();

    TOLERANCES.forEach(
        (left, tolerance) -> {
          assertThat(errors(OURS, ARRIVAL, left))
              .describedAs("until arrival, %s minutes left", left)
              .allSatisfy(error -> assertThat(Math.abs(error)).isLessThanOrEqualTo(tolerance));
          assertThat(errors(OURS, END, left))
              .describedAs("until the end of the track, %s minutes left", left)
              .allSatisfy(error -> assertThat(Math.abs(error)).isLessThanOrEqualTo(tolerance));
        });
  }

  @Test
  void rarerPingsForetellTheRideToo() {
    for (int every : List.of(5, 10, 20, 30)) {
      List<Ping> sparse = thinned(Duration.ofSeconds(every));

      TOLERANCES.forEach(
          (left, tolerance) ->
              assertThat(errorAt(sparse, left))
                  .describedAs("a ping each %s s, %s minutes left", every, left)
                  .isBetween(-1.0 * tolerance, 1.0 * tolerance));
    }
  }

  @Test
  void rideIsMovingMostOfTheWayAndStandsBeforeItStarts() {
    assertThat(estimate(until(Instant.parse("2019-02-18T07:49:30Z"))).moving()).isFalse();
    assertThat(estimate(until(Instant.parse("2019-02-18T08:10:00Z"))).moving()).isTrue();
    assertThat(estimate(until(END)).moving()).isTrue();
  }

  @Test
  void endOfRideIsThere() {
    Estimate estimate = estimate(until(END));

    assertThat(estimate.remaining()).isZero();
    assertThat(estimate.distanceMetres()).isLessThan(10);
  }

  private static String summary(Candidate candidate, int left) {
    List<Double> errors = errors(candidate, ARRIVAL, left);
    return String.format(
        Locale.ROOT,
        "%+.1f (%+.0f..%+.0f)",
        candidate.seconds(window(RIDE, ARRIVAL.minus(Duration.ofMinutes(left)))) / 60 - left,
        errors.stream().mapToDouble(e -> e).min().orElseThrow(),
        errors.stream().mapToDouble(e -> e).max().orElseThrow());
  }

  /// Errors in minutes at every ping within 90 s of the moment when so much is left.
  private static List<Double> errors(Candidate candidate, Instant arrival, int minutesLeft) {
    Instant moment = arrival.minus(Duration.ofMinutes(minutesLeft));
    return RIDE.stream()
        .map(Ping::time)
        .filter(time -> Duration.between(time, moment).abs().toSeconds() <= 90)
        .map(
            time ->
                (candidate.seconds(window(RIDE, time))
                        - Duration.between(time, arrival).toSeconds())
                    / 60)
        .toList();
  }

  private static double errorAt(List<Ping> pings, int minutesLeft) {
    List<Ping> window = window(pings, ARRIVAL.minus(Duration.ofMinutes(minutesLeft)));
    Instant foretold = window.getLast().time().plus(estimate(window).remaining());
    return Duration.between(ARRIVAL, foretold).toSeconds() / 60.0;
  }

  private static List<Ping> thinned(Duration interval) {
    Instant[] next = {Instant.MIN};
    return RIDE.stream()
        .filter(
            ping -> {
              boolean due = !ping.time().isBefore(next[0]);
              if (due) {
                next[0] = ping.time().plus(interval);
              }
              return due;
            })
        .toList();
  }

  private static Estimate estimate(Collection<Ping> pings) {
    Optional<Estimate> estimate = new Estimator(1).estimate(PLACE, TravelMode.CAR, pings, null);
    return estimate.orElseThrow();
  }

  private static List<Ping> until(Instant time) {
    return window(RIDE, time);
  }

  private static List<Ping> window(List<Ping> pings, Instant end) {
    return last(
        pings.stream().filter(ping -> !ping.time().isAfter(end)).toList(), Estimator.WINDOW);
  }

  private static List<Ping> last(List<Ping> pings, Duration window) {
    Instant start = pings.getLast().time().minus(window);
    return pings.stream().filter(ping -> !ping.time().isBefore(start)).toList();
  }

  private static double metresLeft(Ping ping) {
    return ping.position().metresTo(PLACE.position());
  }

  private static double speed(List<Ping> pings) {
    double path =
        IntStream.range(1, pings.size())
            .mapToDouble(i -> pings.get(i - 1).metresTo(pings.get(i)))
            .sum();
    return path / pings.getFirst().secondsTo(pings.getLast());
  }

  private static double speedTowards(List<Ping> pings) {
    return (metresLeft(pings.getFirst()) - metresLeft(pings.getLast()))
        / pings.getFirst().secondsTo(pings.getLast());
  }
}
