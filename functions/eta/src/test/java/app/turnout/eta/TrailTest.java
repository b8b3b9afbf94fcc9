package app.turnout.eta;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.domain.GeoPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrailTest {
  private static final Instant START = Instant.parse("2026-06-01T10:00:00Z");

  @Test
  void keepsTheNewestOfEachHalfMinuteOfTheLastSix() {
    List<Ping> pings = new ArrayList<>();
    for (int second = 0; second <= 600; second += 7) {
      pings.add(ping(second));
    }
    Collections.shuffle(pings, new Random(7));

    assertThat(Trail.of(pings).pings())
        .extracting(ping -> Duration.between(START, ping.time()).toSeconds())
        .containsExactly(
            238L, 266L, 294L, 329L, 357L, 385L, 413L, 448L, 476L, 504L, 539L, 567L, 595L);
  }

  /// As it grows: a ping every few seconds must not push out all that is older.
  @Test
  void isTheSameWhetherMadeAtOnceOrPingByPing() {
    List<Ping> all = new ArrayList<>();
    Trail grown = new Trail(List.of());
    for (int second = 0; second <= 900; second += 11) {
      all.add(ping(second));
      List<Ping> pings = new ArrayList<>(grown.pings());
      pings.add(ping(second));
      grown = Trail.of(pings);
      assertThat(grown).isEqualTo(Trail.of(all));
    }
    assertThat(grown.pings()).hasSizeBetween(12, 13);
  }

  @Test
  void trailThatIsTooOldIsNotGoneOnWith() {
    Trail trail = Trail.of(List.of(ping(0), ping(60)));

    assertThat(trail.endsBefore(ping(90))).isEqualTo(START.plusSeconds(60));
    assertThat(trail.endsBefore(ping(421)))
        .isEqualTo(START.plusSeconds(61).minus(Trail.RESOLUTION));
    assertThat(new Trail(List.of()).endsBefore(ping(360))).isEqualTo(START.minus(Trail.RESOLUTION));
  }

  private static Ping ping(int second) {
    return new Ping(START.plusSeconds(second), new GeoPoint(48.41, 15.6 + second / 1e5), 5);
  }
}
