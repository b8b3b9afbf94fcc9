package app.turnout.runner.demo;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.runner.replay.Track;
import app.turnout.runner.replay.TrackPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OccasionTest {
  @Test
  void busArrivesFiveSecondsPastNine() {
    Occasion ride = Occasion.busRide();

    assertThat(ride.arrival()).isEqualTo(Instant.parse("2019-02-18T09:00:05Z"));
    assertThat(ride.startsAt().minus(ride.trackingOpensBefore()))
        .isBefore(ride.track().start().time());
  }

  @Test
  void laterRideIsTheSameAtAnotherTime() {
    Occasion ride = Occasion.busRide().later(Duration.ofMinutes(10));

    assertThat(ride.arrival()).isEqualTo(Instant.parse("2019-02-18T09:10:05Z"));
    assertThat(ride.startsAt()).isEqualTo(Instant.parse("2019-02-18T08:55:00Z"));
  }

  @Test
  void anyTrackGetsAnEventThatSeesAllOfIt() {
    Instant start = Instant.parse("2026-05-01T10:00:00Z");
    Track track =
        new Track(
            "walk",
            List.of(
                new TrackPoint(start, 52, 8, null),
                new TrackPoint(start.plus(Duration.ofMinutes(105)), 52.1, 8, null)));

    Occasion occasion = Occasion.of(track);

    assertThat(occasion.startsAt()).isEqualTo(Instant.parse("2026-05-01T12:00:00Z"));
    assertThat(occasion.trackingOpensBefore()).isEqualTo(Duration.ofMinutes(135));
    assertThat(occasion.timeZone().getId()).isEqualTo("Etc/UTC");
    assertThat(occasion.destination().latitude()).isEqualTo(52.1);
  }
}
