package app.turnout.eta;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.TravelMode;
import app.turnout.eta.router.RealRouter;
import app.turnout.eta.router.Way;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// How far off arrival times are on a hundred and twenty ways through Krems, by each strategy, and
/// by what else speed could be taken for. Prints the table that stands in the module's README; what
/// must hold is asserted.
class KremsAccuracyTest {
  private static final List<Integer> MARKS = List.of(10, 5, 2);
  private static final List<Journey> JOURNEYS = new ArrayList<>();

  /// A way that was gone, and what is true of it.
  private record Journey(Place place, Instant departure, Instant arrival, List<Ping> pings) {}

  /// Somebody so many minutes before their arrival.
  ///
  /// @param way null without a router
  private record Moment(Journey journey, List<Ping> pings, @Nullable Way way) {
    Ping newest() {
      return pings.getLast();
    }

    double metresLeft() {
      return newest().position().metresTo(journey.place().position());
    }

    /// In minutes; above 0 when they came earlier than was said.
    double error(double secondsLeft) {
      return (Duration.between(journey.arrival(), newest().time()).toMillis() / 1000.0
              + secondsLeft)
          / 60;
    }
  }

  private interface Candidate {
    double secondsLeft(Moment moment);
  }

  @BeforeAll
  static void read() {
    Map<String, List<Ping>> tracks = Gpx.tracks("/tracks/krems.gpx.gz");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    KremsAccuracyTest.class.getResourceAsStream("/tracks/krems.csv")),
                StandardCharsets.UTF_8))) {
      lines
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .forEach(
              fields ->
                  JOURNEYS.add(
                      new Journey(
                          new Place(
                              new GeoPoint(
                                  Double.parseDouble(fields[3]), Double.parseDouble(fields[4])),
                              Double.parseDouble(fields[5])),
                          Instant.parse(fields[6]),
                          Instant.parse(fields[7]),
                          tracks.getOrDefault(fields[0], List.of()))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(JOURNEYS).hasSizeGreaterThanOrEqualTo(100);
  }

  @Test
  void speedIsForetoldBetterThanByWhatElseItCouldBeTakenFor() {
    Map<String, Candidate> candidates = new LinkedHashMap<>();
    candidates.put("simple (30 km/h)", KremsAccuracyTest::simple);
    candidates.put("velocity", KremsAccuracyTest::ours);
    candidates.put("speed over 15 min", m -> m.metresLeft() / speed(m.pings()));
    candidates.put("speed, way 1.4 times longer", m -> 1.4 * m.metresLeft() / speed(m.pings()));
    candidates.put("towards it over 15 min", m -> m.metresLeft() / towards(m, m.pings()));
    candidates.put(
        "towards it over 5 min",
        m -> m.metresLeft() / towards(m, last(m.pings(), Duration.ofMinutes(5))));
    Map<Integer, List<Moment>> moments = moments(false);

    Map<String, List<Figures>> figures = print(candidates, moments);

    for (String other : candidates.keySet()) {
      if (!other.startsWith("simple")) {
        assertThat(worst(figures, "velocity"))
            .describedAs("the 90th percentiles of velocity beside %s", other)
            .isLessThanOrEqualTo(worst(figures, other));
      }
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(
      named = "TURNOUT_OSRM_URL",
      matches = "http.+",
      disabledReason = "No OSRM: TURNOUT_OSRM_URL is not set")
  void roadsAreForetoldBetterThanStraightLines() {
    Map<String, Candidate> candidates = new LinkedHashMap<>();
    candidates.put("simple (30 km/h)", KremsAccuracyTest::simple);
    candidates.put("velocity", KremsAccuracyTest::ours);
    candidates.put("osrm", moment -> byRoad(moment, 1));
    candidates.put("osrm, pace 1.2", moment -> byRoad(moment, 1.2));
    candidates.put("osrm, pace 1.4", moment -> byRoad(moment, 1.4));

    Map<String, List<Figures>> figures = print(candidates, moments(true));

    for (int mark = 0; mark < MARKS.size(); mark++) {
      assertThat(figure(figures, "osrm", mark).median())
          .isLessThan(figure(figures, "simple (30 km/h)", mark).median());
    }
    assertThat(figure(figures, "osrm", MARKS.size() - 1).kept()).isGreaterThan(0.7);
  }

  /// Ways round, jams and errands are on these ways: who is on one is hardly ever taken to have
  /// turned back or not to have left.
  @Test
  void whoIsOnTheWayIsNotTakenToHaveTurnedBack() {
    int away = 0;
    int still = 0;
    int all = 0;
    for (Journey journey : JOURNEYS) {
      for (Ping ping : journey.pings()) {
        if (ping.time().isBefore(journey.departure().plusSeconds(120))
            || ping.time().isAfter(journey.arrival())) {
          continue;
        }
        Estimate estimate = estimate(new Moment(journey, until(journey, ping.time()), null), 1);
        all++;
        away += estimate.moving() && estimate.goingAway() ? 1 : 0;
        still += estimate.moving() ? 0 : 1;
      }
    }

    System.out.printf(
        Locale.ROOT,
        "Of %d positions on the way: standing still %.1f %%, going away %.1f %%%n",
        all,
        100.0 * still / all,
        100.0 * away / all);
    assertThat((double) away / all).isLessThan(0.1);
    assertThat((double) still / all).isLessThan(0.25);
  }

  /// The 90th percentiles at all marks together.
  private static double worst(Map<String, List<Figures>> figures, String name) {
    return figures.getOrDefault(name, List.of()).stream()
        .mapToDouble(Figures::ninetiethPercentile)
        .sum();
  }

  private static Figures figure(Map<String, List<Figures>> figures, String name, int mark) {
    return figures.getOrDefault(name, List.of()).get(mark);
  }

  private record Figures(double median, double ninetiethPercentile, double kept) {}

  private static Map<String, List<Figures>> print(
      Map<String, Candidate> candidates, Map<Integer, List<Moment>> moments) {
    Map<String, List<Figures>> figures = new LinkedHashMap<>();
    System.out.printf(
        "%d ways through Krems: median and 90th percentile of the error in minutes, and how often"
            + " somebody came within a minute of what was said%n%-30s",
        JOURNEYS.size(), "");
    MARKS.forEach(mark -> System.out.printf("%24s", mark + " min left"));
    candidates.forEach(
        (name, candidate) -> {
          System.out.printf("%n%-30s", name);
          for (int mark : MARKS) {
            List<Double> errors =
                moments.getOrDefault(mark, List.of()).stream()
                    .map(moment -> Math.abs(moment.error(candidate.secondsLeft(moment))))
                    .sorted()
                    .toList();
            Figures found =
                new Figures(
                    errors.get(errors.size() / 2),
                    errors.get(errors.size() * 9 / 10),
                    (double) errors.stream().filter(error -> error <= 1).count() / errors.size());
            figures.computeIfAbsent(name, key -> new ArrayList<>()).add(found);
            System.out.printf(
                Locale.ROOT,
                "%8.1f %7.1f %6.0f %%",
                found.median(),
                found.ninetiethPercentile(),
                100 * found.kept());
          }
        });
    System.out.println();
    return figures;
  }

  private static Map<Integer, List<Moment>> moments(boolean byRoad) {
    Map<Integer, List<Moment>> moments = new LinkedHashMap<>();
    for (int mark : MARKS) {
      for (Journey journey : JOURNEYS) {
        List<Ping> pings = until(journey, journey.arrival().minus(Duration.ofMinutes(mark)));
        Way way =
            byRoad
                ? RealRouter.ways(List.of(pings.getLast().position()), journey.place().position())
                    .getFirst()
                    .orElse(null)
                : null;
        moments
            .computeIfAbsent(mark, key -> new ArrayList<>())
            .add(new Moment(journey, pings, way));
      }
    }
    return moments;
  }

  private static double simple(Moment moment) {
    double metres = moment.metresLeft() - moment.journey().place().arrivalRadiusMetres();
    return Math.max(0, metres) / (30 / 3.6);
  }

  private static double ours(Moment moment) {
    return seconds(estimate(new Moment(moment.journey(), moment.pings(), null), 1));
  }

  private static double byRoad(Moment moment, double pace) {
    return seconds(estimate(moment, pace));
  }

  private static double seconds(Estimate estimate) {
    return estimate.remaining().toMillis() / 1000.0;
  }

  private static Estimate estimate(Moment moment, double pace) {
    Optional<Estimate> estimate =
        new Estimator(pace)
            .estimate(moment.journey().place(), TravelMode.CAR, moment.pings(), moment.way());
    return estimate.orElseThrow();
  }

  private static List<Ping> until(Journey journey, Instant time) {
    return last(
        journey.pings().stream().filter(ping -> !ping.time().isAfter(time)).toList(),
        Estimator.WINDOW);
  }

  private static List<Ping> last(List<Ping> pings, Duration window) {
    Instant start = pings.getLast().time().minus(window);
    return pings.stream().filter(ping -> !ping.time().isBefore(start)).toList();
  }

  private static double speed(List<Ping> pings) {
    double path =
        IntStream.range(1, pings.size())
            .mapToDouble(i -> pings.get(i - 1).metresTo(pings.get(i)))
            .sum();
    return atLeastCrawling(path / pings.getFirst().secondsTo(pings.getLast()));
  }

  private static double towards(Moment moment, List<Ping> pings) {
    GeoPoint place = moment.journey().place().position();
    return atLeastCrawling(
        (pings.getFirst().position().metresTo(place) - moment.metresLeft())
            / pings.getFirst().secondsTo(pings.getLast()));
  }

  /// Lest a candidate be laughed at for an endless time.
  private static double atLeastCrawling(double metresPerSecond) {
    return metresPerSecond > 0.5 ? metresPerSecond : 0.5;
  }
}
