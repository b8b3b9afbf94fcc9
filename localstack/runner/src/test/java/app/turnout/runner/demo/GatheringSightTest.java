package app.turnout.runner.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GatheringSightTest {
  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
  private static final Instant START = Instant.parse("2019-02-18T08:30:00Z");

  @Test
  void lineTellsWhoIsWhere() throws JsonProcessingException {
    GatheringSight sight =
        sight(
            person("Anna", "08:10:00", "08:10:00", "08:12:00", true),
            person("Budi", "08:25:30", null, "08:19:50", false),
            person("Elif", "08:41:00", null, "08:19:40", false),
            person("Olga", "08:22:00", null, "08:09:00", false),
            person("Siti", null, null, null, false));

    assertThat(sight.line(VIENNA, START))
        .isEqualTo(
            "09:20  Krems: 1 of 5 have arrived, 2 on the way (1 will be late), 1 silent,"
                + " next Budi at 09:25");
  }

  @Test
  void nobodyYetIsALineToo() throws JsonProcessingException {
    assertThat(sight(person("Siti", null, null, null, false)).line(VIENNA, START))
        .isEqualTo("09:20  Krems: 0 of 1 have arrived");
  }

  @Test
  void summaryNamesTheLateAndTheMissing() throws JsonProcessingException {
    GatheringSight sight =
        sight(
            person("Anna", "08:10:00", "08:10:00", "08:12:00", true),
            person("Elif", "08:41:00", "08:41:00", "08:44:00", true),
            person("Hugo", "08:50:00", null, "08:40:00", false),
            person("Siti", null, null, null, false));

    assertThat(sight.summary(VIENNA, START))
        .isEqualTo(
            "Krems: 2 of 4 have arrived; late: Elif at 09:41;"
                + " not there: Hugo (last seen at 09:40), Siti (never seen)");
  }

  private static GatheringSight sight(String... people) throws JsonProcessingException {
    return GatheringSight.of(
        new JsonMapper()
            .readTree(
                "{\"as_of\": \"2019-02-18T08:20:00Z\", \"data\": ["
                    + String.join(",", people)
                    + "]}"));
  }

  private static String person(
      String name,
      @Nullable String eta,
      @Nullable String arrivedAt,
      @Nullable String lastPingAt,
      boolean arrived) {
    return "{\"name\": \"%s\", \"eta\": %s, \"arrived_at\": %s, \"last_ping_at\": %s, \"arrived\": %s}"
        .formatted(name, time(eta), time(arrivedAt), time(lastPingAt), arrived);
  }

  private static String time(@Nullable String clock) {
    return clock == null ? "null" : "\"2019-02-18T" + clock + "Z\"";
  }
}
