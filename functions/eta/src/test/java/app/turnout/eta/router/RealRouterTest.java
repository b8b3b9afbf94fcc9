package app.turnout.eta.router;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.domain.GeoPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// What OSRM itself answers.
@EnabledIfEnvironmentVariable(
    named = "TURNOUT_OSRM_URL",
    matches = "http.+",
    disabledReason = "No OSRM: TURNOUT_OSRM_URL is not set")
class RealRouterTest {
  private static final GeoPoint PLACE = new GeoPoint(48.4104, 15.6207);

  @Test
  void wayLeadsAlongRoads() {
    Way way =
        RealRouter.ways(List.of(new GeoPoint(48.4066, 15.6639)), PLACE).getFirst().orElseThrow();

    assertThat(way.metres()).isBetween(3_300.0, 7_000.0);
    assertThat(way.duration().toSeconds()).isBetween(200L, 900L);
    assertThat(way.offRoadMetres()).isLessThan(200);
  }

  @Test
  void thousandsAreAskedForAtOnce() {
    Random random = new Random(6);
    List<GeoPoint> from = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      from.add(
          new GeoPoint(
              48.4100 + 0.002 * random.nextDouble(), 15.6150 + 0.010 * random.nextDouble()));
    }

    List<Optional<Way>> ways = RealRouter.ways(from, PLACE);

    assertThat(ways).hasSize(5_000);
    assertThat(ways.stream().filter(Optional::isPresent).count()).isGreaterThan(4_900);
  }

  @Test
  void whoIsInAnotherTownIsLeftOut() {
    List<Optional<Way>> ways =
        RealRouter.ways(
            List.of(
                new GeoPoint(48.4066, 15.6639),
                new GeoPoint(48.2082, 16.3738),
                new GeoPoint(48.4055, 15.6005)),
            PLACE);

    assertThat(ways).extracting(Optional::isPresent).containsExactly(true, false, true);
  }

  @Test
  void placeInAnotherTownHasNoWays() {
    assertThat(RealRouter.ways(List.of(new GeoPoint(48.4066, 15.6639)), new GeoPoint(48.21, 16.37)))
        .containsExactly(Optional.empty());
  }
}
