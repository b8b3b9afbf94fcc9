package app.turnout.eta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.TravelMode;
import app.turnout.eta.router.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class EstimatorTest {
  private static final Instant START = Instant.parse("2026-05-01T18:00:00Z");
  private static final double METRES_PER_DEGREE = 111_195;
  private static final Place PLACE = new Place(new GeoPoint(0, 0), 150);

  private final Estimator estimator = new Estimator(1);

  @Test
  void withoutPingsThereIsNoEstimate() {
    assertThat(estimator.estimate(PLACE, TravelMode.CAR, List.of(), null)).isEmpty();
  }

  @Test
  void onePingIsTakenAtThirtyKilometresAnHour() {
    Estimate estimate = estimate(List.of(east(0, 10_150)));

    assertThat(estimate.strategy()).isEqualTo(Strategy.SIMPLE);
    assertThat(estimate.remaining().toSeconds()).isCloseTo(1_200, within(2L));
    assertThat(estimate.distanceMetres()).isCloseTo(10_150, within(1.0));
    assertThat(estimate.moving()).isFalse();
  }

  @Test
  void steadyDriveIsForetoldWithinTheCircuityOfRoads() {
    // 15 m/s straight towards the place, 900 s ago at 20 km.
    Estimate estimate = estimate(line(900, 5, t -> 20_000 - 15 * t));

    double left = (20_000 - 15 * 900 - 150) / 15.0;
    assertThat(estimate.strategy()).isEqualTo(Strategy.VELOCITY);
    assertThat(estimate.remaining().toSeconds() / left).isBetween(1.0, 1.2);
    assertThat(estimate.moving()).isTrue();
  }

  @Test
  void walkerIsTakenAtWalkingSpeed() {
    Estimate estimate = estimate(line(600, 10, t -> 2_000 - 1.4 * t));

    double left = (2_000 - 1.4 * 600 - 150) / 1.4;
    assertThat(estimate.remaining().toSeconds() / left).isBetween(1.0, 1.3);
    assertThat(estimate.moving()).isTrue();
  }

  @Test
  void stopsOnTheWayCountInPart() {
    // 10 m/s, standing 30 s of each 90: 600 m in 90 s.
    DoubleUnaryOperator way = t -> 600 * Math.floor(t / 90) + 10 * Math.min(60, t % 90);
    Estimate estimate = estimate(line(900, 2, t -> 12_000 - way.applyAsDouble(t)));

    double left = 12_000 - way.applyAsDouble(900) - 150;
    assertThat(estimate.remaining().toSeconds()).isBetween((long) (left / 10), (long) (left / 5));
  }

  @Test
  void jamDelaysButIsNotTakenToGoOnForEver() {
    // 12 m/s, then ten minutes of crawling at 0.5 m/s.
    List<Ping> jam = line(900, 5, t -> 10_000 - (t < 300 ? 12 * t : 3_600 + 0.5 * (t - 300)));
    Estimate estimate = estimate(jam);

    double left = 10_000 - 3_900;
    assertThat(estimate.strategy()).isEqualTo(Strategy.VELOCITY);
    assertThat(estimate.remaining().toSeconds())
        .isGreaterThan((long) (left / 12))
        .isLessThan((long) (left / 3));
    assertThat(estimate.moving()).isTrue();
  }

  @Test
  void detourIsNotStandingStill() {
    // 10 m/s along a quarter circle around the place: no nearer at all.
    List<Ping> pings = new ArrayList<>();
    for (int t = 0; t <= 600; t += 5) {
      double angle = 10.0 * t / 4_000;
      pings.add(ping(t, 4_000 * Math.cos(angle), 4_000 * Math.sin(angle), 0));
    }

    assertThat(estimate(pings).strategy()).isEqualTo(Strategy.VELOCITY);
    assertThat(estimate(pings).remaining().toSeconds()).isBetween(400L, 1_500L);
  }

  @Test
  void goingAwayTakesLongerThanComing() {
    Estimate away = estimate(line(600, 5, t -> 2_000 + 8 * t));
    Estimate coming = estimate(line(600, 5, t -> 2_000 + 8 * 1_200 - 8 * t));

    assertThat(away.distanceMetres()).isCloseTo(coming.distanceMetres(), within(1.0));
    assertThat(away.remaining()).isGreaterThan(coming.remaining().multipliedBy(2));
    assertThat(away.moving()).isTrue();
  }

  @Test
  void standingStillIsNeitherMovingNorThere() {
    Estimate estimate = estimate(line(900, 5, t -> 5_000));

    assertThat(estimate.strategy()).isEqualTo(Strategy.SIMPLE);
    assertThat(estimate.moving()).isFalse();
    assertThat(estimate.remaining().toSeconds()).isCloseTo(582, within(2L));
  }

  @Test
  void wanderingReceiverIsStandingStill() {
    Random random = new Random(7);
    List<Ping> pings = new ArrayList<>();
    for (int t = 0; t <= 900; t += 2) {
      pings.add(ping(t, 5_000 + 6 * random.nextGaussian(), 6 * random.nextGaussian(), 10));
    }

    assertThat(estimate(pings).strategy()).isEqualTo(Strategy.SIMPLE);
    assertThat(estimate(pings).moving()).isFalse();
  }

  @Test
  void noiseChangesTheEstimateLittle() {
    Random random = new Random(7);
    List<Ping> noisy = new ArrayList<>();
    for (int t = 0; t <= 900; t++) {
      noisy.add(ping(t, 20_000 - 15 * t + 8 * random.nextGaussian(), 8 * random.nextGaussian(), 8));
    }

    assertThat(estimate(noisy).remaining().toSeconds())
        .isCloseTo(
            estimate(line(900, 1, t -> 20_000 - 15 * t)).remaining().toSeconds(), within(40L));
  }

  @Test
  void oneWildPositionChangesNothingMuch() {
    List<Ping> pings = new ArrayList<>(line(900, 5, t -> 20_000 - 15 * t));
    Duration before = estimate(pings).remaining();
    pings.set(pings.size() / 2, ping(450, 300_000, 200_000, 0));

    assertThat(estimate(pings).remaining()).isCloseTo(before, Duration.ofSeconds(5));
  }

  @Test
  void orderAndRepetitionDoNotMatter() {
    List<Ping> pings = line(900, 5, t -> 20_000 - 15 * t);
    List<Ping> shuffled = new ArrayList<>(pings);
    shuffled.addAll(pings.subList(10, 60));
    Collections.shuffle(shuffled, new Random(7));

    assertThat(estimate(shuffled)).isEqualTo(estimate(pings));
  }

  @Test
  void pingsOfOneTimeMakeNoSpeed() {
    Estimate estimate = estimate(List.of(east(0, 9_000), east(0, 8_000), east(0, 7_000)));

    assertThat(estimate.strategy()).isEqualTo(Strategy.SIMPLE);
    assertThat(estimate.moving()).isFalse();
  }

  @Test
  void pingsBeforeTheWindowDoNotCount() {
    List<Ping> pings = new ArrayList<>(line(900, 5, t -> 20_000 - 15 * t));
    Estimate before = estimate(pings);
    pings.add(ping(-60, 60_000, 0, 0));

    assertThat(estimate(pings)).isEqualTo(before);
  }

  @Test
  void rarePingsTellMovement() {
    Estimate estimate = estimate(List.of(east(0, 9_000), east(300, 6_000), east(600, 3_000)));

    assertThat(estimate.strategy()).isEqualTo(Strategy.VELOCITY);
    assertThat(estimate.remaining().toSeconds()).isCloseTo(300, within(60L));
    assertThat(estimate.moving()).isTrue();
  }

  @Test
  void antimeridianIsNoBorder() {
    Place fiji = new Place(new GeoPoint(0, -179.95), 150);
    List<Ping> pings =
        line(900, 5, t -> 0).stream()
            .map(
                ping -> {
                  double metres = 20_000 - 15 * START.until(ping.time()).toSeconds();
                  double longitude = -179.95 - metres / METRES_PER_DEGREE;
                  return new Ping(
                      ping.time(),
                      new GeoPoint(0, longitude < -180 ? longitude + 360 : longitude),
                      0);
                })
            .toList();

    assertThat(estimator.estimate(fiji, TravelMode.CAR, pings, null).orElseThrow().remaining())
        .isCloseTo(estimate(line(900, 5, t -> 20_000 - 15 * t)).remaining(), Duration.ofSeconds(2));
  }

  @Test
  void withinTheRadiusNothingIsLeft() {
    assertThat(estimate(line(900, 5, t -> 140)).remaining()).isZero();
    assertThat(estimate(line(900, 5, t -> 1_000 - t)).remaining()).isZero();
    assertThat(estimate(List.of(east(0, 0))).distanceMetres()).isZero();
  }

  @Test
  void vagueAccuracyIsNoMovement() {
    List<Ping> pings = new ArrayList<>();
    for (int t = 0; t <= 900; t += 30) {
      pings.add(ping(t, 5_000 + (t % 60 == 0 ? 300 : -300), 0, 1_000));
    }

    assertThat(estimate(pings).moving()).isFalse();
    assertThat(estimate(pings).strategy()).isEqualTo(Strategy.SIMPLE);
  }

  @Test
  void wayByRoadGoesBeforeOnesOwnSpeed() {
    List<Ping> pings = line(900, 5, t -> 20_000 - 15 * t);

    Estimate estimate = byWay(estimator, pings, new Way(Duration.ofSeconds(700), 9_000, 5));

    assertThat(estimate.strategy()).isEqualTo(Strategy.OSRM);
    assertThat(estimate.remaining().toSeconds()).isCloseTo(694, within(1L));
    assertThat(estimate.moving()).isTrue();
  }

  @Test
  void whoIsOffTheRoadWalksToItAndPeopleMayBeSlowerThanRouters() {
    List<Ping> pings = List.of(east(0, 5_000));
    Way way = new Way(Duration.ofMinutes(10), 7_500, 180);

    assertThat(byWay(estimator, pings, way).remaining().toSeconds()).isCloseTo(694, within(1L));
    assertThat(byWay(new Estimator(1.5), pings, way).remaining().toSeconds())
        .isCloseTo(991, within(1L));
    assertThat(
            byWay(estimator, pings, new Way(Duration.ofSeconds(9), 0, 0)).remaining().toSeconds())
        .isZero();
  }

  @Test
  void withinTheRadiusNoWayIsLeft() {
    assertThat(
            byWay(estimator, List.of(east(0, 100)), new Way(Duration.ofSeconds(90), 700, 0))
                .remaining())
        .isZero();
  }

  @Test
  void whoComesByBicycleOrOnFootIsTakenToBeSlower() {
    List<Ping> one = List.of(east(0, 5_150));

    assertThat(
            List.of(TravelMode.CAR, TravelMode.BICYCLE, TravelMode.FOOT).stream()
                .map(mode -> estimator.estimate(PLACE, mode, one, null).orElseThrow())
                .map(estimate -> Math.round(estimate.remaining().toMillis() / 60_000.0)))
        .containsExactly(10L, 20L, 60L);
  }

  @Test
  void bendOrDetourIsNotGoingAwayAndTheWayBackIs() {
    List<Ping> bend = new ArrayList<>();
    for (int t = 0; t <= 300; t += 10) {
      bend.add(ping(t, 4_000, 12.0 * t, 0));
    }

    assertThat(estimate(line(600, 5, t -> 9_000 - 10 * t)).goingAway()).isFalse();
    assertThat(estimate(line(600, 5, t -> 5_000)).goingAway()).isFalse();
    assertThat(estimate(bend).goingAway()).isFalse();
    assertThat(estimate(line(600, 5, t -> 2_000 + 8 * t)).goingAway()).isTrue();
    assertThat(
            estimate(line(900, 5, t -> t < 500 ? 9_000 - 10 * t : 4_000 + 10 * (t - 500)))
                .goingAway())
        .isTrue();
    assertThat(estimate(List.of(east(0, 1_000), east(20, 1_300))).goingAway()).isFalse();
  }

  private static Estimate byWay(Estimator estimator, List<Ping> pings, Way way) {
    return estimator.estimate(PLACE, TravelMode.CAR, pings, way).orElseThrow();
  }

  private Estimate estimate(List<Ping> pings) {
    return estimator.estimate(PLACE, TravelMode.CAR, pings, null).orElseThrow();
  }

  /// Pings at even intervals on the line east of the place, so many metres away.
  private static List<Ping> line(int seconds, int interval, DoubleUnaryOperator metres) {
    List<Ping> pings = new ArrayList<>();
    for (int t = 0; t <= seconds; t += interval) {
      pings.add(east(t, metres.applyAsDouble(t)));
    }
    return List.copyOf(pings);
  }

  private static Ping east(int second, double metres) {
    return ping(second, metres, 0, 0);
  }

  private static Ping ping(int second, double east, double north, double accuracy) {
    return new Ping(
        START.plusSeconds(second),
        new GeoPoint(north / METRES_PER_DEGREE, east / METRES_PER_DEGREE),
        accuracy);
  }
}
