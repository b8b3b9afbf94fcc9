package app.turnout.events.series;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.events.TestTenant;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Dates of recurring events, as they are made: at once for a year, and by the job as time goes.
class MadeAheadTest extends SeriesHarness {
  @Test
  void yearOfDatesIsThereAtOnceAtTheHourThatClocksShow() {
    Answer made =
        series(
            "Europe/Berlin",
            "2026-03-03T19:00:00+01:00",
            "2026-03-03T20:30:00+01:00",
            "{\"rrule\": \"FREQ=WEEKLY;BYDAY=TU\"}");

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.json().at("/recurrence/rrule").asText()).isEqualTo("FREQ=WEEKLY;BYDAY=TU");
    assertThat(made.json().at("/recurrence/parts")).hasSize(1);
    assertThat(made.json().at("/occurrence/starts_at").asText())
        .isEqualTo("2026-03-03T19:00:00+01:00");
    List<JsonNode> dates = dates(made, "");
    assertThat(dates).hasSize(53);
    assertThat(dates.get(3).path("starts_at").asText()).isEqualTo("2026-03-24T19:00:00+01:00");
    assertThat(dates.get(4).path("starts_at").asText()).isEqualTo("2026-03-31T19:00:00+02:00");
    assertThat(dates.get(4).path("ends_at").asText()).isEqualTo("2026-03-31T20:30:00+02:00");
    assertThat(dates.get(4).path("title").asText()).isEqualTo("Class");
    assertThat(dates.get(4).path("original_start").asText()).isEqualTo("2026-03-31T19:00");
    assertThat(kinds()).isEmpty();
    assertThat(tenant.get(path(made)).json()).isEqualTo(made.json());
  }

  @Test
  void hourThatIsSkippedMovesForwardAndOfOneThatComesTwiceTheFirstIsMeant() {
    Answer made =
        series(
            "Europe/Berlin",
            "2026-03-28T02:30:00+01:00",
            "2026-03-28T02:45:00+01:00",
            """
            {"rrule": "FREQ=DAILY;COUNT=2", "rdates": ["2026-10-25T02:30"]}
            """);

    assertThat(starts(made))
        .containsExactly(
            "2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-10-25T02:30:00+02:00");
    assertThat(dates(made, "").get(1).path("ends_at").asText())
        .isEqualTo("2026-03-29T03:45:00+02:00");
  }

  @Test
  void dateThatAClockChangeWouldEndBeforeItBeginsLastsAsLongAsUsual() {
    Answer made =
        series(
            "Europe/Berlin",
            "2026-03-28T02:30:00+01:00",
            "2026-03-28T03:15:00+01:00",
            "{\"rrule\": \"FREQ=DAILY;COUNT=2\"}");

    assertThat(dates(made, "").get(1).path("ends_at").asText())
        .isEqualTo("2026-03-29T04:15:00+02:00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "periodic |  | recurrence | required",
        "demand | {\"rrule\": \"FREQ=DAILY\"} | recurrence | exclusive",
        "periodic | {} | recurrence.rrule | required",
        "periodic | {\"rrule\": \"FREQ=SECONDLY\"} | recurrence.rrule | too_many",
        "periodic | {\"rrule\": \"DAILY\"} | recurrence.rrule | syntax",
        "periodic | {\"rrule\": \"FREQ=DAILY\", \"until\": 1} | recurrence.until | unknown_field",
        "periodic | {\"rdates\": [\"tomorrow\"]} | recurrence.rdates[0] | local_date_time",
        "periodic | {\"rrule\": \"FREQ=DAILY;UNTIL=20250101\"} | recurrence.rrule | until",
      })
  void whatCannotBeIsRefusedByFieldAndRule(
      String type, String recurrence, String field, String rule) {
    Answer refused =
        tenant.post(
            "/api/v1/events",
            """
            {"title": "Class", "type": "%s", "time_zone": "UTC", "starts_at":
             "2026-04-01T10:00:00Z", "ends_at": "2026-04-01T11:00:00Z", "recurrence": %s}
            """
                .formatted(type, recurrence));

    assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(refused.json().at("/errors/0/rule").asText()).isEqualTo(rule);
    assertThat(tenant.count("events")).isEqualTo(0);
  }

  @Test
  void seriesThatBeganLongAgoIsRefused() {
    Answer refused =
        series(
            "UTC", "1950-01-01T10:00:00Z", "1950-01-01T11:00:00Z", "{\"rrule\": \"FREQ=HOURLY\"}");

    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("starts_at");
    assertThat(tenant.count("occurrences")).isEqualTo(0);
  }

  @Test
  void jobMakesMoreAsTimeGoesAndNothingTwice() {
    Answer made = daily();
    assertThat(tenant.count("occurrences")).isEqualTo(365);

    assertThat(makeAhead()).isEqualTo(0);
    at("2026-06-01T09:00:00Z");
    long more = makeAhead();

    assertThat(more).isBetween(90L, 100L);
    assertThat(tenant.count("occurrences")).isEqualTo(365 + (int) more);
    assertThat(makeAhead()).isEqualTo(0);
    assertThat(kinds()).containsExactly("dates_made");
    assertThat(new HashSet<>(originals(made))).hasSize(365 + (int) more);
  }

  @Test
  void jobRunLateMakesWhatItMissed() {
    daily();

    at("2029-03-01T09:00:00Z");
    makeAhead();

    assertThat(tenant.count("occurrences")).isBetween(4 * 365, 4 * 365 + 10);
  }

  @Test
  void twoJobsAtOnceMakeEachDateOnce() throws Exception {
    for (int i = 0; i < 5; i++) {
      daily();
    }
    at("2026-09-01T09:00:00Z");

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Long>> runs =
          List.of(
              threads.submit(this::makeAhead),
              threads.submit(this::makeAhead),
              threads.submit(this::makeAhead));
      long made = 0;
      for (Future<Long> run : runs) {
        made += run.get();
      }
      makeAhead();
      assertThat(tenant.count("occurrences")).isEqualTo(5 * 365 + (int) made);
      assertThat(made % 5).isEqualTo(0);
    }
  }

  @Test
  void jobThatIsOutOfTimeGoesOnNextTime() {
    daily();
    at("2026-06-01T09:00:00Z");

    assertThat(goOn.makeAhead(() -> false)).isEqualTo(0);

    assertThat(makeAhead()).isGreaterThan(0);
  }

  @Test
  void rareSeriesAlwaysHasDatesToCome() {
    Answer made =
        series(
            "UTC",
            "2026-04-01T10:00:00Z",
            "2026-04-01T11:00:00Z",
            "{\"rrule\": \"FREQ=YEARLY;INTERVAL=4\"}");
    assertThat(starts(made)).containsExactly("2026-04-01T10:00:00Z", "2030-04-01T10:00:00Z");

    at("2026-04-03T10:30:00Z");
    assertThat(makeAhead()).isEqualTo(0);
    at("2029-12-01T10:30:00Z");
    assertThat(makeAhead()).isEqualTo(1);
    assertThat(starts(made)).hasSize(3);
    assertThat(makeAhead()).isEqualTo(0);
  }

  @Test
  void ruleThatEndsIsMadeToItsEndAndLeftAlone() {
    Answer made =
        series(
            "UTC",
            "2026-04-01T10:00:00Z",
            "2026-04-01T11:00:00Z",
            "{\"rrule\": \"FREQ=WEEKLY;COUNT=3\"}");

    at("2027-04-01T10:30:00Z");
    makeAhead();

    assertThat(starts(made)).hasSize(3);
    assertThat(tenant.get(path(made)).json().at("/recurrence/parts/0/made_before").isNull())
        .isTrue();
  }

  @Test
  void cancelledSeriesIsMadeNoFurther() {
    Answer made = daily();
    tenant.post(path(made) + "/cancel", "{}");

    at("2026-09-01T09:00:00Z");

    assertThat(makeAhead()).isEqualTo(0);
  }

  @Test
  void datesAreListedByPagesTimeAndStatus() {
    Answer made = daily();

    JsonNode first = tenant.get(path(made) + "/occurrences?limit=2").json();
    JsonNode second =
        tenant
            .get(path(made) + "/occurrences?limit=2&cursor=" + first.path("next_cursor").asText())
            .json();
    assertThat(second.at("/data/0/starts_at").asText()).isEqualTo("2026-03-04T07:00:00Z");
    assertThat(dates(made, "&from=2026-04-01T00:00:00Z&to=2026-04-03T00:00:00Z")).hasSize(2);
    at("2026-03-03T07:30:00Z");
    assertThat(dates(made, "&status=completed")).hasSize(1);
    assertThat(dates(made, "&status=active")).hasSize(1);
    assertThat(dates(made, "&status=cancelled")).isEmpty();
    for (String bad : List.of("status=draft", "from=x", "cursor=x", "limit=0")) {
      assertThat(tenant.get(path(made) + "/occurrences?" + bad).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void datesOfOthersAreNotFound() {
    Answer made = daily();
    String date = dates(made, "").getFirst().path("id").asText();
    TestTenant other = new TestTenant(api, owner, time);

    assertThat(other.get(path(made) + "/occurrences").status()).isEqualTo(404);
    assertThat(other.get(path(made) + "/occurrences/" + date).status()).isEqualTo(404);
    assertThat(tenant.get(path(made) + "/occurrences/" + date).status()).isEqualTo(200);
    assertThat(tenant.get(path(daily()) + "/occurrences/" + date).status()).isEqualTo(404);
  }

  @Test
  void copyComesAgainByTheSameRule() {
    Answer made =
        series(
            "UTC",
            "2026-04-01T10:00:00Z",
            "2026-04-01T11:00:00Z",
            """
            {"rrule": "FREQ=WEEKLY;UNTIL=20260415", "exdates": ["2026-04-08T10:00"]}
            """);

    Answer copy = tenant.post(path(made) + "/copy", "{\"starts_at\": \"2026-05-01T12:00:00Z\"}");

    assertThat(copy.status()).as(copy.body()).isEqualTo(201);
    assertThat(starts(copy)).containsExactly("2026-05-01T12:00:00Z", "2026-05-15T12:00:00Z");
  }

  private Answer daily() {
    return series(
        "UTC", "2026-03-02T07:00:00Z", "2026-03-02T08:00:00Z", "{\"rrule\": \"FREQ=DAILY\"}");
  }

  private List<String> originals(Answer event) {
    return owner.withHandle(
        handle ->
            handle
                .createQuery(
                    "select cast(original_start as text) from occurrences where event_id = cast(:id"
                        + " as uuid)")
                .bind("id", event.json().path("id").asText())
                .mapTo(String.class)
                .list());
  }
}
