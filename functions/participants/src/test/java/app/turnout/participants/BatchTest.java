package app.turnout.participants;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.participants.ParticipantsHarness.Person;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Many people added at once.
class BatchTest {
  @RegisterExtension static final ParticipantsHarness TURNOUT = new ParticipantsHarness();

  private Person owner;
  private UUID event;

  @BeforeEach
  void plan() throws SQLException {
    owner = TURNOUT.owner();
    event = TURNOUT.event(owner.organization());
    TURNOUT.execute(
        "update organizations set plan = 'enterprise', country = 'IE' where id = ?",
        owner.organization());
  }

  @Test
  void eachRowHasItsOutcome() throws SQLException {
    JsonNode known =
        TURNOUT.participant(
            owner,
            event,
            "{\"name\": \"K\", \"phone\": \"+353871234567\", \"email\": \"k@example.com\"}");

    Answer answer =
        batch(
            """
            {"participants": [
              {"name": "Ana", "phone": "087 123 4568", "tags": ["vip", "a,b\\"c"], "note": "n"},
              {"name": "", "phone": "12", "colour": "red"},
              {"name": "Phone", "phone": "+353 87 1234567"},
              {"name": "Mail", "email": "K@Example.com"},
              "Brendan",
              {"name": "Bad phone", "phone": "12"},
              {"name": "Ana again", "phone": "+353871234568"},
              {"name": "Nobody's phone"},
              {"name": "Nobody's phone"},
              null
            ]}
            """);

    assertThat(answer.status()).isEqualTo(200);
    JsonNode results = answer.json().path("results");
    assertThat(results.findValuesAsText("outcome"))
        .containsExactly(
            "added", "invalid", "exists", "exists", "invalid", "invalid", "exists", "added",
            "added", "invalid");
    assertThat(answer.json().path("added").asInt()).isEqualTo(3);
    assertThat(IntStream.range(0, 10).map(i -> results.at("/" + i + "/index").asInt()))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(results.at("/1/errors").findValuesAsText("field")).contains("name", "colour");
    assertThat(results.at("/2/participant_id")).isEqualTo(known.path("id"));
    assertThat(results.at("/2/errors/0/field").asText()).isEqualTo("phone");
    assertThat(results.at("/3/errors/0/field").asText()).isEqualTo("email");
    assertThat(results.at("/5/errors/0/field").asText()).isEqualTo("phone");
    assertThat(results.at("/5/errors/0/rule").asText()).isEqualTo("phone");
    assertThat(results.at("/6/participant_id")).isEqualTo(results.at("/0/participant_id"));
    JsonNode list = TURNOUT.get(owner, "/events/" + event + "/participants").json().path("data");
    assertThat(list.findValuesAsText("name"))
        .containsExactly("K", "Ana", "Nobody's phone", "Nobody's phone");
    assertThat(list.at("/1/phone").asText()).isEqualTo("+353871234568");
    assertThat(list.at("/1/tags").toString()).isEqualTo("[\"vip\",\"a,b\\\"c\"]");
    assertThat(list.at("/1/note").asText()).isEqualTo("n");
    assertThat(list.at("/2/phone").isNull()).isTrue();
    assertThat(
            TURNOUT.query(
                """
                select jsonb_array_length(after -> 'participant_ids')
                from audit_log
                where organization_id = ? and action = 'participants.added'
                """,
                owner.organization()))
        .containsExactly("3");
  }

  @Test
  void linksOfABatchWork() {
    JsonNode row = batch("{\"participants\": [{\"name\": \"Ana\"}]}").json().at("/results/0");

    Answer own = TURNOUT.byLink(row, "GET", "/participants/" + row.path("participant_id").asText());

    assertThat(own.status()).isEqualTo(200);
    assertThat(own.json().path("name").asText()).isEqualTo("Ana");
  }

  @Test
  void repeatedRequestAddsNobodyAndShowsTheSameLinks() throws SQLException {
    String body = "{\"participants\": [{\"name\": \"Ana\"}, {\"name\": \"\"}, {\"name\": \"Bo\"}]}";
    Answer first = keyed(body);

    Answer second = keyed(body);

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(count()).isEqualTo(2);
    assertThat(
            TURNOUT.query(
                "select key from idempotency_keys where strpos(body, ?) > 0",
                first.json().at("/results/0/link/token").asText()))
        .isEmpty();
  }

  @Test
  void fiveHundredAreAddedAndOneMoreIsRefused() throws SQLException {
    assertThat(batch(people(500)).json().path("added").asInt()).isEqualTo(500);
    assertThat(batch(people(500)).json().path("added").asInt()).isEqualTo(0);

    Answer refused = batch(people(501));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("participants");
    assertThat(count()).isEqualTo(500);
  }

  @Test
  void planLetsInWhoComesFirst() throws SQLException {
    TURNOUT.execute("update organizations set plan = 'free' where id = ?", owner.organization());
    batch(people(460, "a"));

    JsonNode second = batch(people(60, "b")).json();

    List<String> outcomes = second.path("results").findValuesAsText("outcome");
    assertThat(outcomes.subList(0, 40)).containsOnly("added");
    assertThat(outcomes.subList(40, 60)).containsOnly("plan_limit_reached");
    assertThat(count()).isEqualTo(500);
  }

  @Test
  void twoSameBatchesAtOnceAddEachOnce() throws Exception {
    List<Answer> answers =
        ParticipantsHarness.atOnce(Collections.nCopies(4, () -> batch(people(50))));

    assertThat(answers).allMatch(answer -> answer.status() == 200);
    assertThat(answers.stream().mapToInt(answer -> answer.json().path("added").asInt()).sum())
        .isEqualTo(50);
    assertThat(count()).isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|422",
        "{\"participants\": []}|422",
        "{\"participants\": {}}|422",
        "{\"participants\": null}|422",
        "{\"participants\": [{\"name\": \"A\"}], \"more\": 1}|422",
        "[]|400",
        "{|400",
      })
  void bodyOfNoUseIsRefused(String body, int status) throws SQLException {
    assertThat(batch(body).status()).isEqualTo(status);
    assertThat(count()).isEqualTo(0);
  }

  @Test
  void anotherTenantsEventIsNotThere() throws SQLException {
    Answer answer =
        TURNOUT.post(TURNOUT.owner(), "/events/" + event + "/participants/batch", people(1));

    assertThat(answer.status()).isEqualTo(404);
  }

  private static String people(int many) {
    return people(many, "p");
  }

  private static String people(int many, String prefix) {
    return IntStream.range(0, many)
        .mapToObj(
            i -> "{\"name\": \"N%1$d\", \"email\": \"%2$s%1$d@example.com\"}".formatted(i, prefix))
        .collect(Collectors.joining(", ", "{\"participants\": [", "]}"));
  }

  private Answer batch(String body) {
    return TURNOUT.post(owner, "/events/" + event + "/participants/batch", body);
  }

  private Answer keyed(String body) {
    return TURNOUT
        .call(owner, "POST", "/events/" + event + "/participants/batch")
        .header("Idempotency-Key", "batch-" + event)
        .json(body)
        .send();
  }

  private int count() throws SQLException {
    return TURNOUT.query("select 1 from participants where event_id = ?", event).size();
  }
}
