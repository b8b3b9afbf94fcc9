package app.turnout.events.series;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.events.TestTenant;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Edits of one date, of it and all later ones, and of all. The class is on Tuesdays at 19:00 in
/// Berlin, from 3 March 2026.
class EditDatesTest extends SeriesHarness {
  @Test
  void oneDateHasItsOwnWordsPlaceAndTimeAndTheOthersDoNot() {
    Answer made = published();
    JsonNode second = dates(made, "").get(1);
    participant(second, "bo@example.com");

    Answer edited =
        edit(
            made,
            second,
            "",
            """
            {"title": "Guest", "capacity": 5, "starts_at": "2026-03-11T20:00:00+01:00",
             "position": {"latitude": 1, "longitude": 2}}
            """);

    assertThat(edited.status()).as(edited.body()).isEqualTo(200);
    JsonNode date = edited.json().path("occurrence");
    assertThat(date.path("title").asText()).isEqualTo("Guest");
    assertThat(date.path("is_moved").asBoolean()).isTrue();
    assertThat(date.path("ends_at").asText()).isEqualTo("2026-03-11T21:00:00+01:00");
    assertThat(date.path("original_start").asText()).isEqualTo("2026-03-10T19:00");
    assertThat(dates(made, "").get(2).path("title").asText()).isEqualTo("Class");
    assertThat(kinds()).containsExactly("date_moved");
    assertThat(watched()).containsExactly(UUID.fromString(id(second)));

    Answer back = edit(made, date, "", "{\"title\": null, \"starts_at\": null, \"ends_at\": null}");
    assertThat(back.json().at("/occurrence/starts_at").asText())
        .isEqualTo("2026-03-10T19:00:00+01:00");
    assertThat(back.json().at("/occurrence/is_moved").asBoolean()).isFalse();
    assertThat(back.json().at("/occurrence/title").asText()).isEqualTo("Class");
  }

  @Test
  void laterDatesMoveWithTheirIdsPeopleAndNamesAndEarlierOnesStay() {
    Answer made = published();
    List<JsonNode> before = dates(made, "");
    participant(before.get(10), "bo@example.com");
    participant(before.get(11), "bo@example.com");

    Answer edited =
        edit(
            made,
            before.get(4),
            "this_and_later",
            "{\"starts_at\": \"2026-03-31T18:30:00+02:00\", \"title\": \"Early class\"}");

    assertThat(edited.status()).as(edited.body()).isEqualTo(200);
    List<JsonNode> after = dates(made, "");
    assertThat(ids(after)).isEqualTo(ids(before));
    assertThat(after.get(3).path("starts_at").asText()).isEqualTo("2026-03-24T19:00:00+01:00");
    assertThat(after.get(3).path("title").asText()).isEqualTo("Class");
    assertThat(after.get(4).path("starts_at").asText()).isEqualTo("2026-03-31T18:30:00+02:00");
    assertThat(after.get(4).path("ends_at").asText()).isEqualTo("2026-03-31T19:30:00+02:00");
    assertThat(after.get(40).path("starts_at").asText()).contains("T18:30:00+01:00");
    assertThat(after.get(40).path("title").asText()).isEqualTo("Early class");
    assertThat(after.get(40).path("original_start").asText()).contains("T19:00");
    assertThat(tenant.get(path(made)).json().at("/recurrence/parts")).hasSize(2);
    assertThat(kinds()).containsExactly("dates_changed");
    assertThat(edited.json().path("made").asInt()).isEqualTo(0);
  }

  @Test
  void seriesIsSplitTwiceAndThenAllOfItIsEdited() {
    Answer made = published();
    List<JsonNode> before = dates(made, "");
    edit(made, before.get(10), "this_and_later", "{\"title\": \"B\"}");
    edit(made, before.get(20), "this_and_later", "{\"title\": \"C\"}");
    assertThat(tenant.get(path(made)).json().at("/recurrence/parts")).hasSize(3);
    edit(made, dates(made, "").get(30), "", "{\"title\": \"Own\"}");

    Answer edited =
        edit(
            made,
            before.get(0),
            "all",
            "{\"title\": \"All\", \"starts_at\": \"2026-03-03T20:00:00+01:00\"}");

    assertThat(edited.status()).as(edited.body()).isEqualTo(200);
    List<JsonNode> after = dates(made, "");
    assertThat(ids(after)).isEqualTo(ids(before));
    assertThat(after).allMatch(date -> date.path("starts_at").asText().contains("T20:00:00"));
    assertThat(after.get(30).path("title").asText()).isEqualTo("Own");
    assertThat(after.get(25).path("title").asText()).isEqualTo("All");
    assertThat(tenant.get(path(made)).json().path("title").asText()).isEqualTo("All");
    int stored = tenant.count("occurrences");
    makeAhead();
    assertThat(tenant.count("occurrences")).isEqualTo(stored);
    at("2026-09-01T00:00:00Z");
    makeAhead();
    assertThat(new HashSet<>(starts(made))).hasSize(starts(made).size());
  }

  @Test
  void daysThatTheNewRuleDoesNotHaveGoUnlessSomebodyCountsOnThem() {
    Answer made = published();
    List<JsonNode> before = dates(made, "");
    participant(before.get(2), "bo@example.com");
    String wednesdays = "{\"recurrence\": {\"rrule\": \"FREQ=WEEKLY;BYDAY=WE\"}}";

    Answer asked = edit(made, before.get(1), "all", wednesdays);

    assertThat(asked.status()).as(asked.body()).isEqualTo(409);
    assertThat(asked.json().path("type").asText()).endsWith("dates_affected");
    assertThat(asked.json().path("errors")).hasSize(1);
    assertThat(asked.json().at("/errors/0/field").asText()).contains(id(before.get(2)));
    assertThat(dates(made, "")).isEqualTo(before);

    Answer detached = edit(made, before.get(1), "all&on_affected=detach", wednesdays);

    assertThat(detached.status()).as(detached.body()).isEqualTo(200);
    assertThat(detached.json().path("detached").asInt()).isEqualTo(1);
    List<JsonNode> after = dates(made, "");
    assertThat(after.stream().filter(date -> date.path("series_id").isNull()))
        .singleElement()
        .satisfies(date -> assertThat(id(date)).isEqualTo(id(before.get(2))));
    assertThat(after.getFirst().path("starts_at").asText()).isEqualTo("2026-03-04T19:00:00+01:00");
    assertThat(kinds()).containsExactly("dates_made");
  }

  @Test
  void whatTheNewRuleDoesNotHaveIsCancelledWithNotice() {
    Answer made = published();
    List<JsonNode> before = dates(made, "");
    participant(before.get(2), "bo@example.com");

    edit(
        made,
        before.get(0),
        "all&on_affected=cancel",
        "{\"recurrence\": {\"rrule\": \"FREQ=WEEKLY;BYDAY=WE\"}}");

    assertThat(dates(made, "&status=cancelled"))
        .singleElement()
        .satisfies(date -> assertThat(id(date)).isEqualTo(id(before.get(2))));
    assertThat(kinds()).containsExactlyInAnyOrder("dates_changed", "dates_made");
  }

  @Test
  void pastDatesStayWhateverChanges() {
    Answer made = published();
    at("2026-03-18T09:00:00Z");
    List<JsonNode> before = dates(made, "");

    Answer edited =
        edit(made, before.get(5), "all", "{\"recurrence\": {\"rrule\": \"FREQ=WEEKLY;BYDAY=TH\"}}");

    assertThat(edited.status()).as(edited.body()).isEqualTo(200);
    List<String> after = starts(made);
    assertThat(after.subList(0, 4))
        .containsExactly(
            "2026-03-03T19:00:00+01:00",
            "2026-03-10T19:00:00+01:00",
            "2026-03-17T19:00:00+01:00",
            "2026-03-26T19:00:00+01:00");
  }

  @Test
  void countIsOfTheWholeSeriesWhenItIsSplit() {
    Answer made =
        series(
            "Europe/Berlin",
            "2026-03-03T19:00:00+01:00",
            "2026-03-03T20:00:00+01:00",
            "{\"rrule\": \"FREQ=WEEKLY;COUNT=6\", \"exdates\": [\"2026-03-31T19:00\"]}");

    edit(
        made,
        dates(made, "").get(2),
        "this_and_later",
        "{\"starts_at\": \"2026-03-17T20:00:00+01:00\"}");

    assertThat(starts(made))
        .containsExactly(
            "2026-03-03T19:00:00+01:00",
            "2026-03-10T19:00:00+01:00",
            "2026-03-17T20:00:00+01:00",
            "2026-03-24T20:00:00+01:00",
            "2026-04-07T20:00:00+02:00");
  }

  @Test
  void dateIsCancelledAndRestoredAndTheJobDoesNotMakeItAgain() {
    Answer made = published();
    JsonNode first = dates(made, "").getFirst();
    String date = path(made) + "/occurrences/" + id(first);

    Answer cancelled = tenant.post(date + "/cancel", "{\"reason\": \"Ill\"}");

    assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(200);
    assertThat(cancelled.json().path("cancellation_reason").asText()).isEqualTo("Ill");
    assertThat(tenant.get(path(made)).json().at("/occurrence/starts_at").asText())
        .isEqualTo("2026-03-10T19:00:00+01:00");
    assertThat(tenant.post(date + "/cancel", "{}").status()).isEqualTo(409);
    makeAhead();
    assertThat(dates(made, "&status=cancelled")).hasSize(1);
    assertThat(tenant.post(date + "/restore").json().path("status").asText())
        .isEqualTo("scheduled");
    assertThat(tenant.post(date + "/restore").status()).isEqualTo(409);
    assertThat(kinds()).containsExactlyInAnyOrder("date_cancelled", "dates_changed");
  }

  @Test
  void dateIsAddedAndLeftOutForEver() {
    Answer made = published();
    String dates = path(made) + "/occurrences";

    Answer added = tenant.post(dates, "{\"starts_at\": \"2026-03-05T19:00:00+01:00\"}");

    assertThat(added.status()).as(added.body()).isEqualTo(201);
    assertThat(added.json().path("ends_at").asText()).isEqualTo("2026-03-05T20:00:00+01:00");
    assertThat(tenant.post(dates, "{\"starts_at\": \"2026-03-05T19:00:00+01:00\"}").status())
        .isEqualTo(409);
    JsonNode first = dates(made, "").getFirst();
    UUID bo = participant(first, "bo@example.com");
    assertThat(tenant.delete(dates + "/" + id(first)).status()).isEqualTo(409);
    owner.useHandle(handle -> handle.execute("delete from participants where id = ?", bo));
    assertThat(tenant.delete(dates + "/" + id(first)).status()).isEqualTo(204);
    assertThat(tenant.delete(dates + "/" + id(added.json())).status()).isEqualTo(204);
    at("2026-03-20T00:00:00Z");
    makeAhead();
    assertThat(starts(made).getFirst()).isEqualTo("2026-03-10T19:00:00+01:00");
    assertThat(tenant.post(dates, "{\"starts_at\": \"2026-03-05T19:00:00+01:00\"}").status())
        .isEqualTo(422);
  }

  @Test
  void edgesOfTimeAreRefusedOrKeptAsClocksShow() {
    Answer made = published();
    JsonNode october =
        dates(made, "").stream()
            .filter(date -> date.path("starts_at").asText().startsWith("2026-10-27"))
            .findFirst()
            .orElseThrow();

    assertThat(
            edit(made, october, "", "{\"starts_at\": \"2026-10-25T01:30:00Z\"}")
                .json()
                .at("/errors/0/rule")
                .asText())
        .isEqualTo("unambiguous");
    assertThat(
            edit(made, october, "", "{\"starts_at\": \"2026-10-25T00:30:00Z\"}")
                .json()
                .at("/occurrence/starts_at")
                .asText())
        .isEqualTo("2026-10-25T02:30:00+02:00");
    Answer night =
        edit(
            made,
            dates(made, "").get(0),
            "all",
            """
            {"starts_at": "2026-03-08T02:30:00+01:00",
             "recurrence": {"rrule": "FREQ=WEEKLY;BYDAY=SU;COUNT=5"}}
            """);
    assertThat(night.status()).as(night.body()).isEqualTo(409);
    edit(
        made,
        dates(made, "").get(0),
        "all&on_affected=detach",
        """
        {"starts_at": "2026-03-08T02:30:00+01:00",
         "recurrence": {"rrule": "FREQ=WEEKLY;BYDAY=SU;COUNT=5"}}
        """);
    assertThat(starts(made).get(3)).isEqualTo("2026-03-29T03:30:00+02:00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | {\"recurrence\": {\"rrule\": \"FREQ=DAILY\"}} | 422",
        "'' | {\"area_id\": \"00000000-0000-0000-0000-000000000000\"} | 422",
        "'' | {\"ends_at\": \"2026-03-01T00:00:00Z\"} | 422",
        "'' | {\"status\": \"active\"} | 422",
        "all | {\"title\": null} | 422",
        "all | {\"starts_at\": \"2026-03-05T19:00:00+01:00\"} | 422",
        "all | {\"recurrence\": null} | 422",
        "all | {\"recurrence\": {\"rrule\": \"FREQ=SECONDLY\"}} | 422",
        "some | {} | 400",
        "all&on_affected=drop | {} | 400",
      })
  void crookedEditsChangeNothing(String scope, String patch, int status) {
    Answer made = published();
    List<JsonNode> before = dates(made, "");

    assertThat(edit(made, before.getFirst(), scope, patch).status()).isEqualTo(status);

    assertThat(dates(made, "")).isEqualTo(before);
  }

  @Test
  void staleTagsOthersAndOneOffEventsAreRefused() throws Exception {
    Answer made = published();
    JsonNode first = dates(made, "").getFirst();
    String date = path(made) + "/occurrences/" + id(first);
    TestTenant other = new TestTenant(api, owner, time);

    assertThat(tenant.patch(date, "\"99\"", "{}").status()).isEqualTo(412);
    assertThat(tenant.patch(date + "?scope=all", "\"99\"", "{}").status()).isEqualTo(412);
    assertThat(other.patch(date, "*", "{}").status()).isEqualTo(404);
    assertThat(other.patch(date + "?scope=all", "*", "{}").status()).isEqualTo(404);
    assertThat(other.post(date + "/cancel", "{}").status()).isEqualTo(404);
    assertThat(other.delete(date).status()).isEqualTo(404);
    Answer once =
        tenant.post(
            "/api/v1/events",
            """
            {"title": "Once", "time_zone": "UTC", "starts_at": "2026-04-01T10:00:00Z",
             "ends_at": "2026-04-01T11:00:00Z"}
            """);
    String only = path(once) + "/occurrences/" + id(dates(once, "").getFirst());
    assertThat(tenant.patch(only, "*", "{}").status()).isEqualTo(409);
    assertThat(tenant.delete(only).status()).isEqualTo(409);
    String tag = tag(tenant.get(path(made)));
    assertThat(
            TestTenant.atOnce(
                () -> tenant.patch(date + "?scope=all", tag, "{\"title\": \"A\"}"),
                () -> tenant.patch(date + "?scope=all", tag, "{\"title\": \"B\"}")))
        .containsExactlyInAnyOrder(200, 412);
  }

  @Test
  void classThatGoesFromTuesdaysToWednesdaysKeepsItsDates() {
    Answer made = published();
    List<JsonNode> before = dates(made, "");
    String wednesday =
        before.get(4).path("starts_at").asText().replace("2026-03-31T", "2026-04-01T");
    assertThat(wednesday).startsWith("2026-04-01");

    Answer edited =
        edit(
            made,
            before.get(4),
            "this_and_later",
            """
            {"starts_at": "%s", "ends_at": "%s",
             "recurrence": {"rrule": "FREQ=WEEKLY;BYDAY=WE"}}
            """
                .formatted(wednesday, wednesday.replace("T19:00", "T20:30")));

    assertThat(edited.status()).as(edited.body()).isEqualTo(200);
    // The last one is further ahead by a Wednesday than dates are made.
    assertThat(edited.json().path("removed").asInt()).isEqualTo(1);
    List<JsonNode> after = dates(made, "");
    int last = before.size() - 1;
    assertThat(ids(after).subList(0, last)).isEqualTo(ids(before).subList(0, last));
    assertThat(after.get(3).path("starts_at")).isEqualTo(before.get(3).path("starts_at"));
    assertThat(after.get(5).path("starts_at").asText()).startsWith("2026-04-08T19:00:00+02:00");
    assertThat(after.get(5).path("original_start")).isEqualTo(before.get(5).path("original_start"));
  }

  @Test
  void editAndJobAtOnceMakeEachDateOnce() throws Exception {
    Answer made = published();
    at("2026-06-01T09:00:00Z");
    JsonNode date = dates(made, "&from=2026-07-01T00:00:00Z").getFirst();

    Thread job = Thread.ofVirtual().start(this::makeAhead);
    edit(made, date, "this_and_later", "{\"ends_at\": \"2026-07-07T21:30:00+02:00\"}");
    job.join();
    makeAhead();

    assertThat(new HashSet<>(starts(made))).hasSize(starts(made).size());
    assertThat(tenant.count("series")).isEqualTo(2);
  }

  @Test
  void seriesThatIsCancelledTellsAllItsPeopleInOneMessage() {
    Answer made = published();
    List<JsonNode> before = dates(made, "");
    participant(before.get(3), "bo@example.com");
    participant(before.get(4), "bo@example.com");

    tenant.post(path(made) + "/cancel", "{}");

    assertThat(dates(made, "&status=cancelled")).hasSize(53);
    assertThat(kinds()).containsExactly("dates_changed");
  }

  @Test
  void eventIsRenamedAndItsRuleIsNotTouchedThatWay() {
    Answer made = published();

    Answer renamed = tenant.patch(path(made), "*", "{\"title\": \"Choir\"}");
    Answer refused = tenant.patch(path(made), "*", "{\"recurrence\": {\"rrule\": \"FREQ=DAILY\"}}");

    assertThat(renamed.status()).as(renamed.body()).isEqualTo(200);
    assertThat(dates(made, "").get(7).path("title").asText()).isEqualTo("Choir");
    assertThat(refused.json().at("/errors/0/rule").asText()).isEqualTo("by_date");
    assertThat(kinds()).isEmpty();
    assertThat(watched())
        .containsExactly(UUID.fromString(made.json().at("/occurrence/id").asText()));
  }

  private Answer published() {
    Answer made =
        series(
            "Europe/Berlin",
            "2026-03-03T19:00:00+01:00",
            "2026-03-03T20:00:00+01:00",
            "{\"rrule\": \"FREQ=WEEKLY;BYDAY=TU\"}");
    return tenant.post(path(made) + "/activate");
  }

  private Answer edit(Answer event, JsonNode date, String scope, String patch) {
    return tenant.patch(
        path(event) + "/occurrences/" + id(date) + (scope.isEmpty() ? "" : "?scope=" + scope),
        "*",
        patch);
  }

  private static String id(JsonNode date) {
    return date.path("id").asText();
  }

  private static List<String> ids(List<JsonNode> dates) {
    return dates.stream().map(EditDatesTest::id).toList();
  }
}
