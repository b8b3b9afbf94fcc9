package app.turnout.participants;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.participants.ParticipantsHarness.Person;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// People who stand twice in a date's list.
class DoublesTest {
  @RegisterExtension static final ParticipantsHarness TURNOUT = new ParticipantsHarness();

  private Person owner;
  private UUID event;
  private JsonNode kept;
  private JsonNode other;

  @BeforeEach
  void plan() throws SQLException {
    owner = TURNOUT.owner();
    event = TURNOUT.event(owner.organization());
    kept =
        TURNOUT.participant(
            owner,
            event,
            """
            {"name": "Brendan", "email": "brendan@example.com", "note": "Sings", "tags": ["a"]}\
            """);
    other =
        TURNOUT.participant(
            owner,
            event,
            """
            {"name": "B. Kelly", "email": "Brendan@Example.com", "phone": "+353871234567",
             "note": "Tall", "tags": ["b", "a"]}\
            """);
  }

  @Test
  void doublesAreFoundByAddressWhateverItsCaseAndByPhone() {
    JsonNode third =
        TURNOUT.participant(owner, event, "{\"name\": \"C\", \"phone\": \"+353871234567\"}");

    JsonNode first = TURNOUT.get(owner, doubles() + "?limit=1").json();
    JsonNode second =
        TURNOUT
            .get(owner, doubles() + "?limit=1&cursor=" + first.path("next_cursor").asText())
            .json();

    assertThat(first.at("/data/0/by").asText()).isEqualTo("email");
    assertThat(first.at("/data/0/participants").findValuesAsText("id"))
        .containsExactly(id(kept), id(other));
    assertThat(second.at("/data/0/by").asText()).isEqualTo("phone");
    assertThat(second.at("/data/0/participants").findValuesAsText("id"))
        .containsExactly(id(other), id(third));
    assertThat(second.path("next_cursor").isNull()).isTrue();
  }

  @Test
  void oneIsMadeOfTwo() throws SQLException {
    Answer merged = merge(kept, id(other));

    assertThat(merged.status()).as(merged.json().toString()).isEqualTo(200);
    assertThat(merged.json().path("name").asText()).isEqualTo("Brendan");
    assertThat(merged.json().path("phone").asText()).isEqualTo("+353871234567");
    assertThat(merged.json().path("note").asText()).isEqualTo("Sings\nTall");
    assertThat(merged.json().path("tags").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(TURNOUT.get(owner, "/participants/" + id(other)).status()).isEqualTo(404);
    assertThat(TURNOUT.get(owner, doubles()).json().path("data")).isEmpty();
    assertThat(TURNOUT.byLink(other, "GET", "/participants/" + id(kept)).status()).isEqualTo(200);
    assertThat(
            TURNOUT.query(
                """
                select jsonb_array_length(before -> 'participants')::text || (after ->> 'phone')
                from audit_log
                where action = 'participant.merged' and subject_id = cast(? as uuid)
                """,
                id(kept)))
        .containsExactly("2+353871234567");
    assertThat(
            TURNOUT.query(
                """
                select payload ->> 'participant_id'
                from outbox_messages
                where kind = 'participant_removed' and organization_id = ?
                """,
                owner.organization()))
        .containsExactly(id(other));
  }

  @ParameterizedTest
  @CsvSource({
    "pending, confirmed, confirmed",
    "confirmed, denied, confirmed",
    "denied, pending, denied",
    "confirmed, checked_in, checked_in",
    "no_show, pending, no_show",
    "checked_in, no_show, checked_in",
  })
  void strongestStatusStays(String ofKept, String ofOther, String of) throws SQLException {
    set(kept, ofKept);
    set(other, ofOther);

    assertThat(merge(kept, id(other)).json().path("status").asText()).isEqualTo(of);
  }

  @Test
  void checkInKeepsItsTimeAndCanBeUndone() {
    TURNOUT.post(owner, "/participants/" + id(other) + "/confirm", "");
    JsonNode in = TURNOUT.post(owner, "/participants/" + id(other) + "/check-in", "").json();

    JsonNode merged = merge(kept, id(other)).json();

    assertThat(merged.path("check_in")).isEqualTo(in.path("check_in"));
    assertThat(
            TURNOUT
                .call(owner, "DELETE", "/participants/" + id(kept) + "/check-in")
                .send()
                .json()
                .path("status")
                .asText())
        .isEqualTo("confirmed");
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, true",
    "true, '', true",
    "true, false, false",
    "false, true, false",
    "'', true, false",
    "'', false, false",
  })
  void consentIsNeverWidened(String ofKept, String ofOther, boolean after) {
    consent(kept, ofKept);
    consent(other, ofOther);

    assertThat(merge(kept, id(other)).json().at("/consent/granted").asBoolean()).isEqualTo(after);
  }

  @Test
  void whoCannotBeMergedIsNamed() throws SQLException {
    UUID elsewhere = TURNOUT.event(owner.organization());
    JsonNode there = TURNOUT.participant(owner, elsewhere, "{\"name\": \"There\"}");
    Person stranger = TURNOUT.owner();
    JsonNode foreign =
        TURNOUT.participant(
            stranger, TURNOUT.event(stranger.organization()), "{\"name\": \"Foreign\"}");

    Answer refused = merge(kept, id(there), id(foreign), id(kept), id(other), id(other));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("errors").findValuesAsText("rule"))
        .containsExactly("same_date", "exists", "unique", "unique");
    assertThat(TURNOUT.get(owner, "/participants/" + id(other)).status()).isEqualTo(200);
    assertThat(
            TURNOUT
                .post(
                    stranger,
                    "/participants/" + id(kept) + "/merge",
                    "{\"from\": [\"" + id(other) + "\"]}")
                .status())
        .isEqualTo(404);
    assertThat(TURNOUT.get(stranger, doubles()).status()).isEqualTo(404);
  }

  @Test
  void twoWhoMergeCrosswiseAtOnceKeepOne() throws Exception {
    List<Answer> answers =
        ParticipantsHarness.atOnce(
            List.of(() -> merge(kept, id(other)), () -> merge(other, id(kept))));

    assertThat(answers).extracting(Answer::status).contains(200).allMatch(s -> s != 500);
    assertThat(TURNOUT.query("select id from participants where event_id = ?", event)).hasSize(1);
  }

  @Test
  void checkInAtTheSameTimeIsNotLost() throws Exception {
    List<Answer> answers =
        ParticipantsHarness.atOnce(
            List.of(
                () -> merge(kept, id(other)),
                () -> TURNOUT.post(owner, "/participants/" + id(other) + "/check-in", "")));

    boolean wasIn = answers.getLast().status() == 200;
    assertThat(answers.getFirst().status()).isEqualTo(200);
    assertThat(answers.getLast().status()).isIn(200, 404);
    assertThat(TURNOUT.query("select status from participants where event_id = ?", event))
        .containsExactly(wasIn ? "checked_in" : "pending");
  }

  private Answer merge(JsonNode into, String... from) {
    return TURNOUT.post(
        owner,
        "/participants/" + id(into) + "/merge",
        "{\"from\": [\"" + String.join("\", \"", from) + "\"]}");
  }

  private static void consent(JsonNode participant, String said) {
    if (!said.isEmpty()) {
      TURNOUT
          .call(null, "POST", "/participants/" + id(participant) + "/consent")
          .bearer(participant.at("/link/token").asText())
          .json("{\"granted\": " + said + "}")
          .send();
    }
  }

  private static void set(JsonNode participant, String status) throws SQLException {
    TURNOUT.execute(
        "update participants set status = ? where id = cast(? as uuid)", status, id(participant));
  }

  private static String id(JsonNode participant) {
    return participant.path("id").asText();
  }

  private String doubles() {
    return "/events/" + event + "/participants/doubles";
  }
}
