package app.turnout.runner.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SightTest {
  private static final ZoneId DUBLIN = ZoneId.of("Europe/Dublin");
  private static final Instant ARRIVAL = Instant.parse("2019-02-18T09:00:05Z");

  @Test
  void answerBecomesALineToRead() throws JsonProcessingException {
    Sight sight =
        sight(
            """
            "strategy": "velocity", "eta": "2019-02-18T09:05:05Z", "seconds": 1865,
            "distance_metres": 3329.4, "moving": true, "arrived": false, "arrived_at": null,
            "last_ping_at": "2019-02-18T08:33:40Z", "ping_age_seconds": 20
            """);

    assertThat(sight.line(DUBLIN))
        .isEqualTo(
            "08:34  Brendan arrives at 09:05, in 31 min"
                + " (3.3 km, moving, by velocity, position of 08:33)");
  }

  @Test
  void whoShouldBeThereByNowWasDue() throws JsonProcessingException {
    assertThat(sight(position("08:20:00", "08:33:00")).line(DUBLIN))
        .isEqualTo(
            "08:34  Brendan was due at 08:33 (3.0 km, moving, by velocity, position of 08:20)");
  }

  @Test
  void arrivalAndSilenceAreSaid() throws JsonProcessingException {
    assertThat(
            sight(
                    """
                    "strategy": null, "eta": null, "distance_metres": null, "moving": null,
                    "arrived": false, "arrived_at": null, "last_ping_at": null
                    """)
                .line(DUBLIN))
        .isEqualTo("08:34  Brendan has sent no position yet");
    assertThat(
            sight(
                    """
                    "strategy": "velocity", "eta": "2019-02-18T08:33:00Z", "distance_metres": 12,
                    "moving": false, "arrived": true, "arrived_at": "2019-02-18T08:33:00Z",
                    "last_ping_at": "2019-02-18T08:33:40Z"
                    """)
                .line(DUBLIN))
        .isEqualTo("08:34  Brendan arrived at 08:33");
  }

  @Test
  void markTakesWhatWasSeenNearestByThePositionsTime() throws JsonProcessingException {
    Sight far = sight(position("08:26:00", "09:00:00"));
    Sight near = sight(position("08:30:20", "09:04:05"));

    Mark half = Mark.ALL.getFirst();

    assertThat(half.seen(List.of(far, near), ARRIVAL)).contains(near);
    assertThat(half.errorMinutes(near, ARRIVAL)).isEqualTo(4);
    assertThat(half.seen(List.of(far), ARRIVAL)).isEmpty();
  }

  private static String position(String time, String eta) {
    return """
    "strategy": "velocity", "eta": "2019-02-18T%sZ", "distance_metres": 3000,
    "moving": true, "arrived": false, "arrived_at": null, "last_ping_at": "2019-02-18T%sZ"
    """
        .formatted(eta, time);
  }

  private static Sight sight(String entry) throws JsonProcessingException {
    return Sight.of(
            new JsonMapper()
                .readTree(
                    """
                    {"as_of": "2019-02-18T08:34:00Z",
                     "data": [{"participant_id": "p1", "name": "Brendan", %s}]}
                    """
                        .formatted(entry)))
        .orElseThrow();
  }
}
