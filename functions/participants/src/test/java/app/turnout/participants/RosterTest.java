package app.turnout.participants;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.participants.ParticipantsHarness.Person;
import app.turnout.participants.reactions.ParticipantsReactions;
import app.turnout.platform.reactions.AreaEvent;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who belongs to a recurring event, and is expected at each of its dates.
class RosterTest {
  @RegisterExtension static final ParticipantsHarness TURNOUT = new ParticipantsHarness();

  private static ParticipantsReactions reactions;

  private Person owner;
  private UUID event;

  @BeforeAll
  static void start() {
    reactions = new ParticipantsReactions(TURNOUT);
  }

  @AfterAll
  static void stop() {
    reactions.close();
  }

  /// The event's own date in an hour, one in each of the next two weeks, and one that is over.
  @BeforeEach
  void plan() throws SQLException {
    TURNOUT.execute("delete from outbox_messages");
    owner = TURNOUT.owner();
    event = TURNOUT.event(owner.organization());
    date(-7);
    date(7);
    date(14);
  }

  @Test
  void memberIsExpectedAtEachDateThatIsNotOver() throws Exception {
    Answer added = add("Brendan", "brendan@example.com");

    assertThat(added.status()).isEqualTo(201);
    assertThat(added.json().at("/dates/missing").asInt()).isEqualTo(3);
    reactions.work("roster_changed");

    JsonNode member = TURNOUT.get(owner, path(added)).json();
    assertThat(member.at("/dates/expected").asInt()).isEqualTo(3);
    assertThat(member.at("/dates/missing").asInt()).isZero();
    assertThat(rows("status")).containsExactly("pending", "pending", "pending");
  }

  @Test
  void datesThatAreMadeLaterExpectThemToo() throws Exception {
    add("Brendan", "brendan@example.com");
    reactions.work("roster_changed");

    date(21);
    reactions.handle(datesMade(), () -> true);
    reactions.handle(datesMade(), () -> true);

    assertThat(rows("name")).hasSize(4);
  }

  @Test
  void twoRunsAtOnceExpectNobodyTwice() throws Exception {
    for (int i = 0; i < 20; i++) {
      add("Member " + i, "m" + i + "@example.com");
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < 3; i++) {
        threads.execute(() -> reactions.handle(datesMade(), () -> true));
      }
    }
    reactions.handle(datesMade(), () -> true);

    assertThat(rows("roster_member_id || ' ' || occurrence_id"))
        .hasSize(60)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatOneCallHasNoTimeForTheNextOneDoes() throws Exception {
    add("Brendan", "brendan@example.com");
    List<AreaEvent> waiting = reactions.take("roster_changed");
    int calls = 0;
    while (!waiting.isEmpty()) {
      int[] turns = {1};
      reactions.handle(waiting.getFirst(), () -> turns[0]-- > 0);
      waiting = reactions.take("roster_changed");
      calls++;
    }

    assertThat(calls).isGreaterThan(1);
    assertThat(rows("name")).hasSize(3);
  }

  @Test
  void travelModeGoesWithTheRosterExceptWhereItWasChanged() throws Exception {
    Answer added =
        TURNOUT
            .call(owner, "POST", "/events/" + event + "/roster")
            .json("{\"name\": \"Brendan\", \"travel_mode\": \"foot\"}")
            .send();
    reactions.work("roster_changed");
    assertThat(rows("travel_mode")).containsExactly("foot", "foot", "foot");
    TURNOUT.execute(
        "update participants set travel_mode = 'car' where occurrence_id = ? and event_id = ?",
        event,
        event);

    Answer changed =
        TURNOUT
            .call(owner, "PATCH", path(added))
            .header("If-Match", "*")
            .json("{\"travel_mode\": \"bicycle\"}")
            .send();

    assertThat(changed.json().path("travel_mode").asText()).isEqualTo("bicycle");
    assertThat(rows("travel_mode")).containsExactlyInAnyOrder("car", "bicycle", "bicycle");
  }

  @Test
  void changesReachDatesThatAreNotOverExceptWhatWasChangedThere() throws Exception {
    Answer added = add("Brendan", "brendan@example.com");
    reactions.work("roster_changed");
    TURNOUT.execute(
        "update participants set name = 'Captain' where occurrence_id = ? and event_id = ?",
        event,
        event);

    Answer changed =
        TURNOUT
            .call(owner, "PATCH", path(added))
            .header("If-Match", "\"1\"")
            .json("{\"name\": \"Bren\", \"phone\": \"+353871234567\", \"tags\": [\"crew\"]}")
            .send();

    assertThat(changed.status()).as(changed.json().toString()).isEqualTo(200);
    assertThat(changed.header("ETag")).isEqualTo("\"2\"");
    assertThat(rows("name || ' ' || phone || ' ' || email || ' ' || tags[1]"))
        .containsExactlyInAnyOrder(
            "Captain +353871234567 brendan@example.com crew",
            "Bren +353871234567 brendan@example.com crew",
            "Bren +353871234567 brendan@example.com crew");
    assertThat(
            TURNOUT
                .call(owner, "PATCH", path(added))
                .header("If-Match", "\"1\"")
                .json("{\"name\": \"Late\"}")
                .send()
                .status())
        .isEqualTo(412);
  }

  @Test
  void leavingTakesWhatWasNotAnsweredAndKeepsTheRest() throws Exception {
    Answer added = add("Brendan", "brendan@example.com");
    reactions.work("roster_changed");
    String answered =
        TURNOUT
            .query("select id::text from participants where event_id = ? order by id", event)
            .getFirst();
    TURNOUT.post(owner, "/participants/" + answered + "/confirm", "");

    Answer left = TURNOUT.call(owner, "DELETE", path(added)).header("If-Match", "\"1\"").send();

    assertThat(left.status()).isEqualTo(204);
    assertThat(rows("id")).containsExactly(answered);
    assertThat(rows("coalesce(roster_member_id::text, 'own')")).containsExactly("own");
    reactions.handle(datesMade(), () -> true);
    assertThat(rows("id")).hasSize(1);
    assertThat(TURNOUT.audited(owner.organization()))
        .contains("roster_member.added", "roster.expected", "roster_member.removed");
  }

  @Test
  void whoWasRemovedFromOneDateIsNotExpectedThereAgain() throws Exception {
    Answer added = add("Brendan", "brendan@example.com");
    reactions.work("roster_changed");
    String one =
        TURNOUT
            .query("select id::text from participants where event_id = ? limit 1", event)
            .getFirst();

    TURNOUT.call(owner, "DELETE", "/participants/" + one).header("If-Match", "*").send();
    reactions.handle(datesMade(), () -> true);

    assertThat(rows("id")).hasSize(2).doesNotContain(one);
    assertThat(TURNOUT.get(owner, path(added)).json().at("/dates/missing").asInt()).isZero();
  }

  @Test
  void whomThePlanHasNoPlaceForIsToldAndFoundAgain() throws Exception {
    TURNOUT.execute(
        """
        insert into participants (
          id, organization_id, event_id, occurrence_id, name, locale, status, created_at,
          updated_at, version)
        select gen_random_uuid(), o.organization_id, o.event_id, o.id, 'Filler', 'en', 'denied',
               now(), now(), 1
        from occurrences o
        cross join generate_series(1, 500)
        where o.id = ?
        """,
        event);
    Answer added = add("Brendan", "brendan@example.com");
    reactions.work("roster_changed");

    assertThat(TURNOUT.get(owner, path(added)).json().at("/dates/missing").asInt()).isEqualTo(1);
    assertThat(TURNOUT.get(owner, path(added)).json().at("/dates/expected").asInt()).isEqualTo(2);

    TURNOUT.execute("delete from participants where name = 'Filler'");
    reactions.handle(datesMade(), () -> true);
    assertThat(TURNOUT.get(owner, path(added)).json().at("/dates/missing").asInt()).isZero();
  }

  @Test
  void othersRostersAreNotThere() throws SQLException {
    Answer added = add("Brendan", "brendan@example.com");
    Person stranger = TURNOUT.owner();
    UUID another = TURNOUT.event(owner.organization());

    assertThat(TURNOUT.get(stranger, roster()).status()).isEqualTo(404);
    assertThat(TURNOUT.get(stranger, path(added)).status()).isEqualTo(404);
    assertThat(TURNOUT.post(stranger, roster(), "{\"name\": \"X\"}").status()).isEqualTo(404);
    assertThat(
            TURNOUT
                .get(owner, "/events/" + another + "/roster/" + added.json().path("id").asText())
                .status())
        .isEqualTo(404);
    assertThat(TURNOUT.get(owner, roster()).json().path("data")).hasSize(1);
  }

  @Test
  void crookedMembersAreRefusedByFieldAndRule() {
    Answer refused =
        TURNOUT.post(owner, roster(), "{\"name\": \"Bo\", \"phone\": \"12\", \"tags\": [\" \"]}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("phone", "tags[0]");
  }

  @Test
  void eventThatIsCancelledTakesNobody() throws SQLException {
    TURNOUT.execute("update events set status = 'cancelled' where id = ?", event);

    assertThat(add("Brendan", "brendan@example.com").status()).isEqualTo(409);
  }

  private AreaEvent datesMade() {
    return new AreaEvent(
        "dates_made",
        Map.of("organization_id", owner.organization().toString(), "event_id", event.toString()));
  }

  private Answer add(String name, String email) {
    return TURNOUT.post(
        owner, roster(), "{\"name\": \"" + name + "\", \"email\": \"" + email + "\"}");
  }

  private String roster() {
    return "/events/" + event + "/roster";
  }

  private String path(Answer added) {
    return roster() + "/" + added.json().path("id").asText();
  }

  private List<String> rows(String expression) throws SQLException {
    return TURNOUT.query(
        "select " + expression + " from participants where event_id = ? order by id", event);
  }

  private void date(int days) throws SQLException {
    TURNOUT.execute(
        """
        insert into occurrences (
          id, organization_id, event_id, original_start, local_start, local_end, time_zone,
          starts_at, ends_at, status, created_at, updated_at, version)
        select gen_random_uuid(), organization_id, event_id, original_start + days,
               local_start + days, local_end + days, time_zone, starts_at + days, ends_at + days,
               'scheduled', created_at, updated_at, 1
        from occurrences
        cross join make_interval(days => ?) as days
        where id = ?
        """,
        days,
        event);
  }
}
