package app.turnout.locations.history;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.ParticipantId;
import app.turnout.locations.Ping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimplificationTest {
  private static final double METRES_PER_DEGREE = 111_195.08;
  private static final ParticipantId SOMEBODY = new ParticipantId(UUID.randomUUID());
  private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

  @Test
  void straightLineIsItsEnds() {
    List<TrackPoint> straight = track(500, i -> new GeoPoint(48 + i * 1e-4, 15 + i * 1e-4));

    assertThat(new Simplification(1).of(straight))
        .containsExactly(straight.getFirst(), straight.getLast());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 5, 50, 5_000})
  void whatIsLeftOutIsWithinTheToleranceOfTheRest(double metres) {
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      double[] at = {60, 15};
      List<TrackPoint> walk =
          track(
              2_500,
              i ->
                  new GeoPoint(
                      at[0] += (random.nextDouble() - 0.4) * 2e-4,
                      at[1] += (random.nextDouble() - 0.4) * 2e-4));

      List<TrackPoint> kept = new Simplification(metres).of(walk);

      assertThat(walk).containsSubsequence(kept);
      assertThat(kept.getFirst()).isEqualTo(walk.getFirst());
      assertThat(kept.getLast()).isEqualTo(walk.getLast());
      assertThat(kept).doesNotHaveDuplicates();
      double worst = 0;
      int next = 1;
      for (TrackPoint point : walk) {
        if (point.equals(kept.get(next)) && next < kept.size() - 1) {
          next++;
        }
        worst = Math.max(worst, metresToLine(point, kept.get(next - 1), kept.get(next)));
      }
      assertThat(worst).isLessThanOrEqualTo(metres * 1.02);
    }
  }

  @Test
  void crookedTrackIsDoneSoon() {
    List<TrackPoint> spiral =
        track(
            10_000,
            i ->
                new GeoPoint(
                    48 + i * 1e-5 * Math.cos(i * 0.01), 15 + i * 1e-5 * Math.sin(i * 0.01)));
    List<TrackPoint> zigzag =
        track(10_000, i -> new GeoPoint(48 + i * 1e-6, 15 + (i % 2) * 1e-2 * (1 + i * 1e-4)));

    assertThat(new Simplification(1).of(spiral)).hasSizeBetween(100, 10_000);
    assertThat(new Simplification(1).of(zigzag)).hasSizeGreaterThan(9_000);
  }

  @Test
  void standingStillIsTwoPointsAndFewerStayAsTheyAre() {
    List<TrackPoint> still = track(1_500, i -> new GeoPoint(48, 15));

    assertThat(new Simplification(1).of(still))
        .contains(still.getFirst(), still.getLast())
        .hasSizeLessThan(5);
    assertThat(new Simplification(1).of(still.subList(0, 1))).hasSize(1);
    assertThat(new Simplification(1).of(List.of())).isEmpty();
  }

  @Test
  void dateLineIsNoWayAroundTheEarth() {
    List<TrackPoint> sail =
        track(
            21,
            i -> {
              double longitude = 179.99 + i * 1e-3;
              return new GeoPoint(0, longitude > 180 ? longitude - 360 : longitude);
            });

    assertThat(new Simplification(1).of(sail)).hasSize(2);
  }

  private static List<TrackPoint> track(int size, IntFunction<GeoPoint> position) {
    List<TrackPoint> track = new ArrayList<>();
    IntStream.range(0, size)
        .forEach(
            i ->
                track.add(
                    new TrackPoint(
                        SOMEBODY,
                        new Ping(
                            START.plusSeconds(i), position.apply(i), null, null, null, null, null),
                        START)));
    return track;
  }

  private static double metresToLine(TrackPoint point, TrackPoint from, TrackPoint to) {
    double scale = Math.cos(Math.toRadians(60));
    double px = (longitude(point) - longitude(from)) * METRES_PER_DEGREE * scale;
    double py = (latitude(point) - latitude(from)) * METRES_PER_DEGREE;
    double lx = (longitude(to) - longitude(from)) * METRES_PER_DEGREE * scale;
    double ly = (latitude(to) - latitude(from)) * METRES_PER_DEGREE;
    double length = lx * lx + ly * ly;
    double share = length == 0 ? 0 : Math.clamp((px * lx + py * ly) / length, 0, 1);
    return Math.hypot(px - share * lx, py - share * ly);
  }

  private static double latitude(TrackPoint point) {
    return point.ping().position().latitude();
  }

  private static double longitude(TrackPoint point) {
    return point.ping().position().longitude();
  }
}
