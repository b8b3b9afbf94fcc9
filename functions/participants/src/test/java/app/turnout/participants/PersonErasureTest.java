package app.turnout.participants;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.participants.ParticipantsHarness.Person;
import app.turnout.participants.reactions.ParticipantsReactions;
import app.turnout.platform.reactions.AreaEvent;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A person asks to be forgotten.
class PersonErasureTest {
  @RegisterExtension static final ParticipantsHarness TURNOUT = new ParticipantsHarness();

  private static final String PHONE = "+353871234567";
  private static final String BRENDAN =
      """
      {"name": "Brendan Ofarrell", "email": "Brendan@Example.com", "note": "Allergic to nuts"}\
      """;
  private static final String ANA =
      """
      {"name": "Ana Silva", "email": "ana@example.com", "note": "Vegetarian"}\
      """;

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

  @BeforeEach
  void plan() throws SQLException {
    TURNOUT.execute("delete from outbox_messages");
    owner = TURNOUT.owner();
    event = TURNOUT.event(owner.organization());
  }

  @Test
  void nothingOfThePersonStaysAndAllOfTheOther() throws Exception {
    for (String who : List.of(BRENDAN, ANA)) {
      Answer added =
          TURNOUT
              .call(owner, "POST", "/events/" + event + "/participants")
              .header("Idempotency-Key", "add-" + owner.id() + who.hashCode())
              .json(who)
              .send();
      String id = added.json().path("id").asText();
      TURNOUT
          .call(owner, "PATCH", "/participants/" + id)
          .header("If-Match", "*")
          .json("{\"tags\": [\"" + added.json().path("name").asText() + "'s table\"]}")
          .send();
      TURNOUT.byLink(added.json(), "POST", "/participants/" + id + "/confirm");
      TURNOUT.post(owner, "/events/" + event + "/roster", who);
    }
    // Somebody with that address who was removed long ago: only the log tells.
    JsonNode gone =
        TURNOUT.participant(
            owner,
            TURNOUT.event(owner.organization()),
            "{\"name\": \"B. Ofarrell\", \"email\": \"brendan@example.com\"}");
    TURNOUT
        .call(owner, "DELETE", "/participants/" + gone.path("id").asText())
        .header("If-Match", "*")
        .send();
    reactions.work("roster_changed");
    long others = traces("Ana Silva");

    JsonNode preview =
        TURNOUT
            .post(owner, "/person-erasures/preview", "{\"email\": \"BRENDAN@example.com\"}")
            .json();
    assertThat(preview.path("participants").asInt()).isEqualTo(2);
    assertThat(preview.path("events").asInt()).isEqualTo(1);
    assertThat(preview.path("roster_members").asInt()).isEqualTo(1);

    Answer asked = TURNOUT.post(owner, "/person-erasures", "{\"email\": \"BRENDAN@example.com\"}");
    assertThat(asked.status()).as(asked.json().toString()).isEqualTo(202);
    assertThat(asked.json().path("status").asText()).isEqualTo("erasing");
    reactions.workOn("person_erasure_step", "participants");

    for (String trace : List.of("Ofarrell", "brendan@example.com", "Allergic")) {
      assertThat(traces(trace)).as(trace).isZero();
    }
    assertThat(traces("Ana Silva")).isEqualTo(others);
    JsonNode receipt =
        TURNOUT.get(owner, "/person-erasures/" + asked.json().path("id").asText()).json();
    assertThat(receipt.at("/areas/0/area").asText()).isEqualTo("participants");
    assertThat(receipt.at("/areas/0/rows/participants").asInt()).isEqualTo(2);
    assertThat(receipt.at("/areas/0/rows/roster_members").asInt()).isEqualTo(1);
    assertThat(receipt.at("/areas/0/rows/participant_links").asInt()).isEqualTo(1);
    assertThat(receipt.at("/areas/0/rows/idempotency_keys").asInt()).isPositive();
    assertThat(receipt.toString()).doesNotContain("rendan");
    assertThat(
            TURNOUT.query(
                "select payload ->> 'area' from outbox_messages where kind ="
                    + " 'person_erasure_step'"))
        .containsExactly("locations");
  }

  @Test
  void guestListThatIsStillToComeIsDroppedSinceItMayNameThem() throws Exception {
    Answer list =
        TURNOUT.post(owner, "/events/" + event + "/participants/imports", "{\"locale\": \"en\"}");
    assertThat(list.status()).as(list.json().toString()).isEqualTo(201);
    UUID id = UUID.fromString(list.json().path("id").asText());
    TURNOUT.execute(
        """
        insert into participant_import_parts (
          import_id, number, organization_id, content, size, can_be_utf8)
        values (?, 1, ?, convert_to('name;email Brendan;BRENDAN@example.com', 'UTF8'), 1, true)
        """,
        id,
        owner.organization());

    Answer asked = TURNOUT.post(owner, "/person-erasures", "{\"email\": \"brendan@example.com\"}");
    reactions.workOn("person_erasure_step", "participants");

    assertThat(
            TURNOUT.query(
                "select failure from participant_imports where id = ? and status = 'failed'", id))
        .containsExactly("person_erased");
    assertThat(
            TURNOUT.query("select import_id from participant_import_parts where import_id = ?", id))
        .isEmpty();
    assertThat(
            TURNOUT
                .get(owner, "/person-erasures/" + asked.json().path("id").asText())
                .json()
                .at("/areas/0/rows/participant_imports")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void whoeverHasThePhoneIsMeantToo() throws Exception {
    TURNOUT.participant(
        owner,
        event,
        "{\"name\": \"Bo\", \"phone\": \"" + PHONE + "\", \"email\": \"x@y.example\"}");
    TURNOUT.participant(owner, event, ANA);

    TURNOUT.post(owner, "/person-erasures", "{\"phone\": \"+353 87 123 4567\"}");
    reactions.workOn("person_erasure_step", "participants");

    assertThat(TURNOUT.query("select name from participants where event_id = ?", event))
        .containsExactly("Ana Silva");
  }

  @Test
  void samePersonElsewhereStays() throws Exception {
    Person stranger = TURNOUT.owner();
    TURNOUT.participant(
        stranger,
        TURNOUT.event(stranger.organization()),
        "{\"name\": \"Cian\", \"email\": \"cian@example.com\"}");

    Answer asked = TURNOUT.post(owner, "/person-erasures", "{\"email\": \"cian@example.com\"}");
    reactions.workOn("person_erasure_step", "participants");

    assertThat(
            TURNOUT.query(
                "select name from participants where organization_id = ?", stranger.organization()))
        .containsExactly("Cian");
    assertThat(
            TURNOUT.get(stranger, "/person-erasures/" + asked.json().path("id").asText()).status())
        .isEqualTo(404);
  }

  @Test
  void messageThatComesTwiceOrLateDoesNoHarm() throws Exception {
    TURNOUT.participant(owner, event, BRENDAN);
    TURNOUT.post(owner, "/person-erasures", "{\"email\": \"brendan@example.com\"}");
    AreaEvent told = reactions.take("person_erasure_step").getFirst();

    reactions.handle(told, () -> false);
    reactions.handle(told, () -> true);
    reactions.handle(told, () -> true);

    assertThat(TURNOUT.query("select name from participants where event_id = ?", event)).isEmpty();
  }

  @Test
  void nobodyIsNotErased() {
    Answer refused = TURNOUT.post(owner, "/person-erasures", "{}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("email");
    assertThat(TURNOUT.post(owner, "/person-erasures", "{\"phone\": \"12\"}").status())
        .isEqualTo(422);
  }

  @Test
  void erasureIsForWhoManagesParticipants() throws SQLException {
    Person operator = TURNOUT.member(owner.organization(), "org_operator");

    assertThat(TURNOUT.post(operator, "/person-erasures", "{\"phone\": \"12\"}").status())
        .isEqualTo(403);
  }

  /// How many rows of all tables have a text in any column, but for who the erasure is about as
  /// long as it goes on.
  private static long traces(String text) throws SQLException {
    long found = 0;
    for (String table :
        TURNOUT.query(
            """
            select relname
            from pg_class
            where relnamespace = 'public'::regnamespace
              and relkind = 'r'
              and relname <> 'erasure_people'
            """)) {
      found +=
          Long.parseLong(
              TURNOUT
                  .query(
                      "select count(*)::text from "
                          + table
                          + " t where position(lower(?) in lower(t::text)) > 0",
                      text)
                  .getFirst());
    }
    return found;
  }
}
