package app.turnout.participants;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.domain.ParticipantId;
import app.turnout.participants.ParticipantsHarness.Person;
import app.turnout.platform.attendance.CheckIn;
import app.turnout.platform.persistence.Database;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who says they come, and who came.
class AttendanceTest {
  @RegisterExtension static final ParticipantsHarness TURNOUT = new ParticipantsHarness();

  private Person owner;
  private UUID event;
  private JsonNode brendan;

  @BeforeEach
  void plan() throws SQLException {
    owner = TURNOUT.owner();
    event = TURNOUT.event(owner.organization());
    brendan = TURNOUT.participant(owner, event, "{\"name\": \"Brendan\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "pending, confirm, confirmed",
    "denied, confirm, confirmed",
    "confirmed, confirm, confirmed",
    "pending, deny, denied",
    "confirmed, deny, denied",
    "denied, deny, denied",
    "pending, check-in, checked_in",
    "confirmed, check-in, checked_in",
    "no_show, check-in, checked_in",
    "checked_in, check-in, checked_in",
  })
  void statusMovesByTheRules(String from, String action, String to) throws SQLException {
    set(from);

    Answer answer = post(action);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("status").asText()).isEqualTo(to);
    assertThat(answer.header("ETag")).isEqualTo(from.equals(to) ? "\"1\"" : "\"2\"");
  }

  @ParameterizedTest
  @CsvSource({
    "checked_in, confirm, confirmed",
    "no_show, confirm, confirmed",
    "checked_in, deny, denied",
    "no_show, deny, denied",
    "denied, check-in, checked_in",
  })
  void otherMovesAreRefusedByBothNames(String from, String action, String to) throws SQLException {
    set(from);

    Answer answer = post(action);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.json().path("type").asText())
        .isEqualTo("urn:turnout:problem:illegal_status_change");
    assertThat(answer.json().path("detail").asText()).contains(from, to);
    assertThat(status()).isEqualTo(from);
  }

  @Test
  void participantAnswersByTheirLink() throws SQLException {
    assertThat(TURNOUT.byLink(brendan, "POST", path() + "/confirm").json().path("status").asText())
        .isEqualTo("confirmed");
    assertThat(TURNOUT.byLink(brendan, "POST", path() + "/deny").json().path("status").asText())
        .isEqualTo("denied");
    assertThat(TURNOUT.byLink(brendan, "POST", path() + "/check-in").status()).isIn(401, 403);
    assertThat(
            TURNOUT.query(
                """
                select action || ' ' || (before ->> 'status') || ' ' || (after ->> 'status')
                  || ' ' || actor_kind
                from audit_log
                where subject_id = cast(? as uuid) and action <> 'participant.added'
                order by id
                """,
                brendan.path("id").asText()))
        .containsExactly(
            "participant.confirmed pending confirmed participant",
            "participant.denied confirmed denied participant");
  }

  @Test
  void linkAnswersForNobodyElse() {
    JsonNode ana = TURNOUT.participant(owner, event, "{\"name\": \"Ana\"}");

    assertThat(TURNOUT.byLink(ana, "POST", path() + "/confirm").status()).isEqualTo(404);
  }

  @Test
  void dateThatIsOverIsAnsweredNoMore() throws SQLException {
    UUID over = TURNOUT.event(owner.organization());
    JsonNode late = TURNOUT.participant(owner, over, "{\"name\": \"Late\"}");
    TURNOUT.execute(
        """
        update occurrences
        set starts_at = starts_at - interval '1 day', ends_at = ends_at - interval '1 day'
        where event_id = ?
        """,
        over);
    String path = "/participants/" + late.path("id").asText();

    assertThat(TURNOUT.byLink(late, "POST", path + "/confirm").status()).isEqualTo(409);
    assertThat(TURNOUT.call(owner, "POST", path + "/deny").send().status()).isEqualTo(409);
    assertThat(TURNOUT.call(owner, "POST", path + "/check-in").send().status()).isEqualTo(200);
  }

  @Test
  void nobodyIsCheckedInWhereItIsCancelled() throws SQLException {
    TURNOUT.execute("update occurrences set status = 'cancelled' where event_id = ?", event);

    assertThat(post("check-in").status()).isEqualTo(409);
    assertThat(status()).isEqualTo("pending");
  }

  @Test
  void checkInTellsWhenAndByWhomAndStaysWhatItWasFirst() throws SQLException {
    Person gate = TURNOUT.member(owner.organization(), "org_operator");
    Answer first = TURNOUT.call(gate, "POST", path() + "/check-in").send();
    TURNOUT.time().advance(Duration.ofMinutes(1));

    Answer second = post("check-in");

    assertThat(first.json().at("/check_in/by").asText()).isEqualTo(gate.id().toString());
    assertThat(first.json().at("/check_in/by_kind").asText()).isEqualTo("user");
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(checkInsAudited()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"pending", "confirmed", "no_show"})
  void undoneCheckInLeadsBackToWhatItWas(String before) throws SQLException {
    set(before);
    post("check-in");

    Answer undone = TURNOUT.call(owner, "DELETE", path() + "/check-in").send();
    Answer again = TURNOUT.call(owner, "DELETE", path() + "/check-in").send();

    assertThat(undone.status()).isEqualTo(200);
    assertThat(undone.json().path("status").asText()).isEqualTo(before);
    assertThat(undone.json().path("check_in").isNull()).isTrue();
    assertThat(again.json()).isEqualTo(undone.json());
    assertThat(TURNOUT.audited(owner.organization()))
        .filteredOn("participant.check_in_undone"::equals)
        .hasSize(1);
  }

  @Test
  void ofManyGatesAtOnceOneChecksIn() throws Exception {
    List<Person> gates = new ArrayList<>();
    List<Callable<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Person gate = TURNOUT.member(owner.organization(), "org_operator");
      gates.add(gate);
      calls.add(() -> TURNOUT.call(gate, "POST", path() + "/check-in").send());
    }

    List<Answer> answers = ParticipantsHarness.atOnce(calls);

    assertThat(answers).allMatch(answer -> answer.status() == 200);
    assertThat(answers.stream().map(answer -> answer.json().at("/check_in/by").asText()).distinct())
        .hasSize(1);
    assertThat(checkInsAudited()).isEqualTo(1);
    assertThat(gates).hasSize(6);
  }

  @Test
  void denialThatComesWhileACheckInCommitsIsRefused() throws Exception {
    Answer denied =
        TURNOUT.whileHolding(
            List.of(
                """
                update participants
                set status = 'checked_in', status_before_check_in = 'pending'
                where id = '%s'
                """
                    .formatted(brendan.path("id").asText())),
            () -> TURNOUT.byLink(brendan, "POST", path() + "/deny"));

    assertThat(denied.status()).isEqualTo(409);
    assertThat(status()).isEqualTo("checked_in");
  }

  @Test
  void confirmationAndCheckInAtOnceEndCheckedIn() throws Exception {
    List<Answer> answers =
        ParticipantsHarness.atOnce(
            List.of(
                () -> TURNOUT.byLink(brendan, "POST", path() + "/confirm"),
                () -> post("check-in")));

    assertThat(answers.get(0).status()).isIn(200, 409);
    assertThat(answers.get(1).status()).isEqualTo(200);
    assertThat(status()).isEqualTo("checked_in");
  }

  @Test
  void arrivalChecksInWhoeverDidNotDenyAndIsUndoneLikeAnyOther() throws SQLException {
    post("confirm");
    arrive();
    Answer arrived = TURNOUT.get(owner, path());
    Answer byHand = post("check-in");
    Answer undone = TURNOUT.call(owner, "DELETE", path() + "/check-in").send();
    post("deny");
    arrive();

    assertThat(arrived.json().at("/check_in/by_kind").asText()).isEqualTo("arrival");
    assertThat(byHand.json()).isEqualTo(arrived.json());
    assertThat(undone.json().path("status").asText()).isEqualTo("confirmed");
    assertThat(status()).isEqualTo("denied");
  }

  @Test
  void arrivalAndGateAtOnceCheckInOnce() throws Exception {
    List<Answer> answers =
        ParticipantsHarness.atOnce(
            List.of(
                () -> post("check-in"),
                () -> {
                  arrive();
                  return TURNOUT.get(owner, path());
                }));

    assertThat(answers).allMatch(answer -> answer.status() == 200);
    assertThat(TURNOUT.get(owner, path()).header("ETag")).isEqualTo("\"2\"");
  }

  private void arrive() {
    ParticipantId participant = new ParticipantId(UUID.fromString(brendan.path("id").asText()));
    TURNOUT
        .bean(Database.class)
        .run(
            () -> {
              TURNOUT
                  .bean(Database.class)
                  .handle()
                  .createQuery("select set_config('app.organization', :id, true)")
                  .bind("id", owner.organization().toString())
                  .mapTo(String.class)
                  .one();
              TURNOUT
                  .bean(CheckIn.class)
                  .checkIn(Map.of(participant, TURNOUT.time().instant()), TURNOUT.time().instant());
            });
  }

  private int checkInsAudited() throws SQLException {
    return (int)
        TURNOUT.audited(owner.organization()).stream()
            .filter("participant.checked_in"::equals)
            .count();
  }

  private Answer post(String action) {
    return TURNOUT.call(owner, "POST", path() + "/" + action).send();
  }

  private void set(String status) throws SQLException {
    TURNOUT.execute(
        "update participants set status = ? where id = cast(? as uuid)",
        status,
        brendan.path("id").asText());
  }

  private String status() {
    return TURNOUT.get(owner, path()).json().path("status").asText();
  }

  private String path() {
    return "/participants/" + brendan.path("id").asText();
  }
}
