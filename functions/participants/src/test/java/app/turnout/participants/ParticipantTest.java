package app.turnout.participants;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.participants.ParticipantsHarness.Person;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParticipantTest {
  @RegisterExtension static final ParticipantsHarness TURNOUT = new ParticipantsHarness();

  private static final String WHOLE =
      """
      {"name": " Brendan ", "phone": "+353 87 123 4567", "email": "brendan@example.com",
       "locale": "pt", "note": " vegetarian ", "tags": ["vip", " choir ", "vip"]}
      """;

  private Person owner;
  private UUID event;

  @BeforeEach
  void plan() throws SQLException {
    owner = TURNOUT.owner();
    event = TURNOUT.event(owner.organization());
  }

  @Test
  void addedOneIsKeptAsWritten() {
    JsonNode added = TURNOUT.participant(owner, event, WHOLE);

    Answer read = TURNOUT.get(owner, path(added));
    assertThat(read.header("ETag")).isEqualTo("\"1\"");
    assertThat(read.json().path("name").asText()).isEqualTo("Brendan");
    assertThat(read.json().path("phone").asText()).isEqualTo("+353871234567");
    assertThat(read.json().path("note").asText()).isEqualTo("vegetarian");
    assertThat(read.json().path("tags").toString()).isEqualTo("[\"vip\",\"choir\"]");
    assertThat(read.json().path("check_in").isNull()).isTrue();
  }

  @Test
  void putReplacesAndIsAudited() throws SQLException {
    JsonNode added = TURNOUT.participant(owner, event, WHOLE);

    Answer changed =
        change("PUT", added, "\"1\"", "{\"name\": \"Ana\", \"locale\": \"en\", \"tags\": []}");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.header("ETag")).isEqualTo("\"2\"");
    assertThat(changed.json().path("name").asText()).isEqualTo("Ana");
    assertThat(changed.json().path("phone").isNull()).isTrue();
    assertThat(TURNOUT.get(owner, path(added)).json()).isEqualTo(changed.json());
    assertThat(
            TURNOUT.query(
                """
                select (before ->> 'note') || ' ' || (after ->> 'name') || ' ' || actor_id
                from audit_log
                where organization_id = ? and action = 'participant.updated'
                """,
                owner.organization()))
        .containsExactly("vegetarian Ana " + owner.id());
  }

  @Test
  void patchChangesWhatItNames() {
    JsonNode added = TURNOUT.participant(owner, event, WHOLE);

    Answer changed = change("PATCH", added, "\"1\"", "{\"note\": null, \"tags\": [\"staff\"]}");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().path("note").isNull()).isTrue();
    assertThat(changed.json().path("tags").toString()).isEqualTo("[\"staff\"]");
    assertThat(changed.json().path("phone").asText()).isEqualTo("+353871234567");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\": \" \"}|name",
        "{\"phone\": \"0871234567\"}|phone",
        "{\"phone\": \"+3538712345671234\"}|phone",
        "{\"phone\": \"call me\"}|phone",
        "{\"phone\": \"+353871234567 ext. 5\"}|phone",
        "{\"phone\": 353871234567}|phone",
        "{\"email\": \"brendan\"}|email",
        "{\"locale\": null}|locale",
        "{\"locale\": \"de\"}|locale",
        "{\"tags\": [\"\"]}|tags[0]",
        "{\"tags\": [\"a\", 5]}|tags[1]",
        "{\"tags\": \"vip\"}|tags",
        "{\"status\": \"confirmed\"}|status",
      })
  void patchOfNoUseNamesItsField(String patch, String field) {
    JsonNode added = TURNOUT.participant(owner, event, WHOLE);

    Answer answer = change("PATCH", added, "*", patch);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(TURNOUT.get(owner, path(added)).header("ETag")).isEqualTo("\"1\"");
  }

  @ParameterizedTest
  @CsvSource({
    "IE, 087 123 4567, +353871234567",
    "PT, 912 345 678, +351912345678",
    "BR, (11) 96123-4567, +5511961234567",
    "IE, +351 912 345 678, +351912345678",
    "IE, 00351 912345678, +351912345678",
  })
  void numberWithoutCodeIsOfTheOrganizationsCountry(String country, String written, String stored)
      throws SQLException {
    TURNOUT.execute(
        "update organizations set country = ? where id = ?", country, owner.organization());

    JsonNode added =
        TURNOUT.participant(owner, event, "{\"name\": \"Ana\", \"phone\": \"" + written + "\"}");

    assertThat(added.path("phone").asText()).isEqualTo(stored);
  }

  @Test
  void numberOfNoUseIsRefusedWhenAdding() {
    Answer refused =
        TURNOUT.post(
            owner,
            "/events/" + event + "/participants",
            "{\"name\": \"Ana\", \"phone\": \"0871234567\"}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("phone");
    assertThat(refused.json().at("/errors/0/rule").asText()).isEqualTo("phone");
  }

  @Test
  void oneOfManyWhoSawTheSameVersionChangesIt() throws Exception {
    JsonNode added = TURNOUT.participant(owner, event, WHOLE);
    List<Callable<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String patch = "{\"note\": \"" + i + "\"}";
      calls.add(() -> change("PATCH", added, "\"1\"", patch));
    }

    List<Answer> answers = ParticipantsHarness.atOnce(calls);

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 412).hasSize(5);
    assertThat(TURNOUT.call(owner, "PUT", path(added)).json("{\"name\": \"A\"}").send().status())
        .isIn(422, 428);
  }

  @Test
  void organisersNotesAreNotShownToTheParticipant() {
    JsonNode added = TURNOUT.participant(owner, event, WHOLE);
    TURNOUT.call(owner, "POST", path(added) + "/check-in").send();

    Answer answer = TURNOUT.byLink(added, "GET", path(added));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("note").isNull()).isTrue();
    assertThat(answer.json().path("tags")).isEmpty();
    assertThat(answer.json().at("/check_in/at").isTextual()).isTrue();
    assertThat(answer.json().at("/check_in/by").isNull()).isTrue();
    assertThat(answer.json().toString()).doesNotContain("vegetarian", "choir");
  }

  @Test
  void linkChangesNoDetails() {
    JsonNode added = TURNOUT.participant(owner, event, WHOLE);

    assertThat(TURNOUT.byLink(added, "DELETE", path(added)).status()).isIn(401, 403);
    assertThat(TURNOUT.get(owner, path(added)).status()).isEqualTo(200);
  }

  @Test
  void consentCountsAsAChange() {
    JsonNode added = TURNOUT.participant(owner, event, WHOLE);

    consent(added, true);
    consent(added, true);

    assertThat(TURNOUT.get(owner, path(added)).header("ETag")).isEqualTo("\"2\"");
  }

  @Test
  void travelModeIsTheOrganisersToSetAndTheParticipants() throws SQLException {
    JsonNode added = TURNOUT.participant(owner, event, WHOLE);
    JsonNode walker =
        TURNOUT.participant(owner, event, "{\"name\": \"Ana\", \"travel_mode\": \"foot\"}");

    assertThat(added.path("travel_mode").asText()).isEqualTo("car");
    assertThat(walker.path("travel_mode").asText()).isEqualTo("foot");

    Answer said = consents(added, "{\"granted\": true, \"travel_mode\": \"bicycle\"}");
    Answer again = consents(added, "{\"granted\": true, \"travel_mode\": \"bicycle\"}");

    assertThat(said.status()).isEqualTo(200);
    assertThat(again.status()).isEqualTo(200);
    Answer read = TURNOUT.get(owner, path(added));
    assertThat(read.json().path("travel_mode").asText()).isEqualTo("bicycle");
    assertThat(read.json().at("/consent/granted").asBoolean()).isTrue();
    assertThat(read.header("ETag")).isEqualTo("\"3\"");
    assertThat(TURNOUT.audited(owner.organization()))
        .filteredOn("participant.travel_mode_changed"::equals)
        .hasSize(1);

    assertThat(consents(added, "{\"granted\": true}").status()).isEqualTo(200);
    assertThat(TURNOUT.get(owner, path(added)).json().path("travel_mode").asText())
        .isEqualTo("bicycle");
    assertThat(change("PATCH", added, "*", "{\"travel_mode\": \"car\"}").status()).isEqualTo(200);
    Answer mine = TURNOUT.byLink(added, "GET", "/links/me");
    assertThat(mine.json().path("travel_mode").asText()).isEqualTo("car");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"boat\"", "\"CAR\"", "\"\"", "1", "[]"})
  void anotherTravelModeIsRefused(String mode) {
    JsonNode added = TURNOUT.participant(owner, event, WHOLE);

    Answer refused = consents(added, "{\"granted\": true, \"travel_mode\": " + mode + "}");

    assertThat(refused.status()).isIn(400, 422);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("travel_mode");
    assertThat(TURNOUT.get(owner, path(added)).json().at("/consent/granted").asBoolean()).isFalse();
  }

  @Test
  void removedOneIsGoneAndLocationsIsTold() throws SQLException {
    JsonNode added = TURNOUT.participant(owner, event, WHOLE);
    consent(added, true);
    TURNOUT.call(owner, "POST", path(added) + "/check-in").send();

    Answer stale = TURNOUT.call(owner, "DELETE", path(added)).header("If-Match", "\"1\"").send();
    Answer removed = TURNOUT.call(owner, "DELETE", path(added)).header("If-Match", "\"3\"").send();

    assertThat(stale.status()).isEqualTo(412);
    assertThat(removed.status()).isEqualTo(204);
    assertThat(TURNOUT.get(owner, path(added)).status()).isEqualTo(404);
    assertThat(TURNOUT.byLink(added, "GET", path(added)).status()).isEqualTo(401);
    assertThat(
            TURNOUT.query(
                "select payload ->> 'participant_id' from outbox_messages where kind = ?",
                "participant_removed"))
        .containsExactly(added.path("id").asText());
    assertThat(TURNOUT.audited(owner.organization())).endsWith("participant.removed");
    assertThat(TURNOUT.call(owner, "DELETE", path(added)).header("If-Match", "*").send().status())
        .isEqualTo(404);
  }

  @Test
  void anotherTenantsParticipantIsNotThere() throws SQLException {
    JsonNode added = TURNOUT.participant(owner, event, WHOLE);
    Person stranger = TURNOUT.owner();

    assertThat(TURNOUT.get(stranger, path(added)).status()).isEqualTo(404);
    assertThat(
            TURNOUT
                .call(stranger, "PATCH", path(added))
                .header("If-Match", "*")
                .json("{\"name\": \"x\"}")
                .send()
                .status())
        .isEqualTo(404);
    assertThat(
            TURNOUT.call(stranger, "DELETE", path(added)).header("If-Match", "*").send().status())
        .isEqualTo(404);
    assertThat(TURNOUT.call(stranger, "POST", path(added) + "/check-in").send().status())
        .isEqualTo(404);
  }

  @Test
  void viewerReadsAndChangesNothing() throws SQLException {
    JsonNode added = TURNOUT.participant(owner, event, WHOLE);
    Person viewer = TURNOUT.member(owner.organization(), "org_viewer");
    Person operator = TURNOUT.member(owner.organization(), "org_operator");

    assertThat(TURNOUT.get(viewer, path(added)).status()).isEqualTo(200);
    assertThat(TURNOUT.call(viewer, "POST", path(added) + "/confirm").send().status())
        .isEqualTo(403);
    assertThat(
            TURNOUT.call(operator, "DELETE", path(added)).header("If-Match", "*").send().status())
        .isEqualTo(403);
    assertThat(TURNOUT.call(operator, "POST", path(added) + "/confirm").send().status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "?status=pending, Ana Brendan Chloe_50%",
    "?status=denied, Dora",
    "?q=BREN, Brendan",
    "?q=example.com, Ana Brendan",
    "?q=%2B35387, Brendan",
    "?q=50%25, Chloe_50%",
    "?q=_, Chloe_50%",
    "?q=%5C, ''",
    "?tag=vip, Ana Dora",
    "?tag=VIP, ''",
    "?tag=vip&status=denied, Dora",
    "?q=, Ana Brendan Chloe_50% Dora",
  })
  void listIsFiltered(String query, String names) {
    TURNOUT.participant(
        owner, event, "{\"name\": \"Ana\", \"email\": \"ana@example.com\", \"tags\": [\"vip\"]}");
    TURNOUT.participant(
        owner,
        event,
        "{\"name\": \"Brendan\", \"phone\": \"+353871234567\", \"email\": \"b@example.com\"}");
    TURNOUT.participant(owner, event, "{\"name\": \"Chloe_50%\"}");
    JsonNode dora = TURNOUT.participant(owner, event, "{\"name\": \"Dora\", \"tags\": [\"vip\"]}");
    TURNOUT.call(owner, "POST", path(dora) + "/deny").send();

    Answer list = TURNOUT.get(owner, "/events/" + event + "/participants" + query);

    assertThat(String.join(" ", list.json().path("data").findValuesAsText("name")))
        .isEqualTo(names);
  }

  @ParameterizedTest
  @CsvSource({"status=gone, status", "status=, status", "status=denied&status=pending, status"})
  void filterOfNoUseIsRefused(String query, String parameter) {
    Answer refused = TURNOUT.get(owner, "/events/" + event + "/participants?" + query);

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo(parameter);
    assertThat(
            TURNOUT.get(owner, "/events/" + event + "/participants?q=" + "x".repeat(201)).status())
        .isEqualTo(400);
  }

  @Test
  void pagesOfAFilteredListGoOn() {
    for (int i = 0; i < 5; i++) {
      TURNOUT.participant(owner, event, "{\"name\": \"Ana\", \"tags\": [\"t" + i % 2 + "\"]}");
    }
    String list = "/events/" + event + "/participants?tag=t0&limit=2";

    JsonNode first = TURNOUT.get(owner, list).json();
    JsonNode second =
        TURNOUT.get(owner, list + "&cursor=" + first.path("next_cursor").asText()).json();

    assertThat(first.path("data")).hasSize(2);
    assertThat(second.path("data")).hasSize(1);
    assertThat(second.path("next_cursor").isNull()).isTrue();
  }

  private static void consent(JsonNode participant, boolean granted) {
    consents(participant, "{\"granted\": " + granted + "}");
  }

  private static Answer consents(JsonNode participant, String json) {
    return TURNOUT
        .call(null, "POST", path(participant) + "/consent")
        .bearer(participant.at("/link/token").asText())
        .json(json)
        .send();
  }

  private Answer change(String method, JsonNode participant, String version, String json) {
    return TURNOUT
        .call(owner, method, path(participant))
        .header("If-Match", version)
        .json(json)
        .send();
  }

  private static String path(JsonNode participant) {
    return "/participants/" + participant.path("id").asText();
  }
}
