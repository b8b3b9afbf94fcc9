package app.turnout.events.preview;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.events.TestTenant;
import app.turnout.platform.http.HttpFunction;
import app.turnout.testing.ApiClient;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecurrencePreviewTest {
  private static final String PATH = "/api/v1/events/recurrence-preview";

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static HttpFunction function;
  private static ApiClient api;
  private static SettableTime time;
  private static Jdbi owner;

  private TestTenant tenant;

  @BeforeAll
  static void start() {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("events", DATABASE, TestDatabase.APP));
    properties.putAll(TestFunctions.aws());
    function = new HttpFunction(properties) {};
    api = new ApiClient(function, OpenApiResponses.ofArea("events"));
    time = function.context().getBean(SettableTime.class);
    owner = Jdbi.create(DATABASE.owner());
  }

  @AfterAll
  static void stop() {
    function.close();
  }

  @BeforeEach
  void found() {
    time.set(SettableTime.START);
    tenant = new TestTenant(api, owner, time);
  }

  private static String body(String start, String end, String zone, String recurrence) {
    return """
    {"starts_at": "%s", "ends_at": "%s", "time_zone": "%s", "recurrence": %s}
    """
        .formatted(start, end, zone, recurrence);
  }

  private static String dublin(String recurrence) {
    return body(
        "2026-10-20T19:00:00+01:00", "2026-10-20T21:00:00+01:00", "Europe/Dublin", recurrence);
  }

  @Test
  void nextDatesFollowTheClocksOfTheZoneAndTheRuleIsSaid() {
    Answer answer =
        tenant.post(PATH, dublin("{\"rrule\": \"RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=3\"}"));

    assertThat(answer.status()).isEqualTo(200);
    JsonNode preview = answer.json();
    assertThat(preview.at("/words").asText()).isEqualTo("every Tuesday, 3 times");
    assertThat(preview.at("/ends").asText()).isEqualTo("at");
    assertThat(preview.at("/count").asInt()).isEqualTo(3);
    assertThat(preview.at("/data/0/starts_at").asText()).isEqualTo("2026-10-20T19:00:00+01:00");
    assertThat(preview.at("/data/1/starts_at").asText()).isEqualTo("2026-10-27T19:00:00Z");
    assertThat(preview.at("/data/1/ends_at").asText()).isEqualTo("2026-10-27T21:00:00Z");
    assertThat(preview.at("/last_starts_at").asText()).isEqualTo("2026-11-03T19:00:00Z");
    assertThat(preview.at("/notices")).isEmpty();
  }

  @Test
  void tenDatesAreToldOfWhatNeverEndsOrAsManyAsAreAskedFor() {
    String recurrence = "{\"rrule\": \"FREQ=DAILY\"}";

    JsonNode ten = tenant.post(PATH, dublin(recurrence)).json();
    JsonNode hundred =
        tenant.post(PATH, dublin(recurrence + ", \"limit\": 100, \"language\": \"ru-RU\"")).json();

    assertThat(ten.at("/ends").asText()).isEqualTo("never");
    assertThat(ten.at("/count").isNull() || ten.at("/count").isMissingNode()).isTrue();
    assertThat(ten.at("/data")).hasSize(10);
    assertThat(hundred.at("/data")).hasSize(100);
    assertThat(hundred.at("/words").asText()).isEqualTo("каждый день");
    assertThat(tenant.post(PATH, dublin(recurrence + ", \"limit\": 101")).status()).isEqualTo(422);
  }

  @Test
  void datesInGapsAndInDoubledHoursAreNoticed() {
    JsonNode spring =
        tenant
            .post(
                PATH,
                body(
                    "2026-03-28T01:30:00Z",
                    "2026-03-28T01:45:00Z",
                    "Europe/Dublin",
                    "{\"rrule\": \"FREQ=DAILY;COUNT=2\", \"exdates\": [\"2026-05-01T01:30\"]}"))
            .json();
    JsonNode autumn =
        tenant
            .post(
                PATH,
                body(
                    "2026-10-24T01:30:00+01:00",
                    "2026-10-24T03:30:00+01:00",
                    "Europe/Dublin",
                    "{\"rrule\": \"FREQ=DAILY;COUNT=2\"}"))
            .json();

    assertThat(spring.at("/data/1/starts_at").asText()).isEqualTo("2026-03-29T02:30:00+01:00");
    assertThat(spring.at("/data/1/ends_at").asText()).isEqualTo("2026-03-29T02:45:00+01:00");
    assertThat(spring.at("/data/1/local_start").asText()).isEqualTo("2026-03-29T01:30");
    assertThat(spring.findValuesAsText("rule"))
        .containsExactly("moved_by_clock_change", "no_such_date");
    assertThat(autumn.at("/data/1/starts_at").asText()).isEqualTo("2026-10-25T01:30:00+01:00");
    assertThat(autumn.at("/notices/0/rule").asText()).isEqualTo("comes_twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"rrule\": \"FREQ=SECONDLY\"} | recurrence.rrule | too_many",
        "{\"rrule\": \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"} | recurrence.rrule | no_dates",
        "{\"rrule\": \"FREQ=DAILY;UNTIL=99991231\"} | recurrence.rrule | until",
        "{\"rrule\": \"nonsense\"} | recurrence.rrule | syntax",
        "{\"rrule\": \"\"} | recurrence.rrule | syntax",
        "{} | recurrence.rrule | required",
        "{\"rdates\": [\"2026-13-01T19:00\"]} | recurrence.rdates[0] | local_date_time",
      })
  void whatCannotBeMeantIsRefusedByFieldAndRule(String recurrence, String field, String rule) {
    Answer answer = tenant.post(PATH, dublin(recurrence));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(answer.json().at("/errors/0/rule").asText()).isEqualTo(rule);
  }

  @Test
  void zoneAndEndMustBeGood() {
    assertThat(
            tenant
                .post(
                    PATH,
                    body(
                        "2026-03-28T01:30:00Z",
                        "2026-03-28T01:30:00Z",
                        "Mars/Olympus",
                        "{\"rrule\": \"FREQ=DAILY\"}"))
                .json()
                .findValuesAsText("field"))
        .containsExactly("time_zone", "ends_at");
    assertThat(
            tenant
                .post(
                    PATH,
                    body(
                        "2026-10-25T01:30:00Z",
                        "2026-10-25T02:30:00Z",
                        "Europe/Dublin",
                        "{\"rrule\": \"FREQ=DAILY\"}"))
                .status())
        .isEqualTo(422);
    assertThat(
            tenant
                .post(
                    PATH,
                    body(
                        "9999-10-25T01:30:00Z",
                        "9999-10-25T02:30:00Z",
                        "Europe/Dublin",
                        "{\"rrule\": \"FREQ=DAILY\"}"))
                .status())
        .isEqualTo(422);
  }

  @Test
  void nothingIsKeptEvenWithAKey() {
    tenant
        .signed(api.post(PATH))
        .header("Idempotency-Key", "preview")
        .json(dublin("{\"rrule\": \"FREQ=DAILY\"}"))
        .send();

    Integer kept =
        owner.withHandle(
            handle ->
                handle
                    .createQuery("select count(*) from idempotency_keys where key = 'preview'")
                    .mapTo(Integer.class)
                    .one());
    assertThat(kept).isZero();
  }
}
