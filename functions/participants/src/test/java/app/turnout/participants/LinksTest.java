package app.turnout.participants;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.participants.ParticipantsHarness.Person;
import app.turnout.participants.reactions.ParticipantsReactions;
import app.turnout.platform.reactions.AreaEvent;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Links that participants act by, as organisers see to them.
class LinksTest {
  @RegisterExtension static final ParticipantsHarness TURNOUT = new ParticipantsHarness();

  private static ParticipantsReactions reactions;

  private Person owner;
  private UUID event;
  private JsonNode brendan;

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
    brendan =
        TURNOUT.participant(
            owner, event, "{\"name\": \"Brendan\", \"email\": \"brendan@example.com\"}");
  }

  @Test
  void linkIsMadeListedAndActedBy() {
    Answer made = TURNOUT.post(owner, links(), "");

    assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
    assertThat(made.json().path("url").asText())
        .isEqualTo("https://turnout.example/me#" + made.json().path("token").asText());
    assertThat(byToken(made.json().path("token").asText()).status()).isEqualTo(200);
    JsonNode list = TURNOUT.get(owner, links()).json().path("data");
    assertThat(list).hasSize(2);
    assertThat(list.findValuesAsText("id")).contains(made.json().path("id").asText());
    assertThat(list.toString()).doesNotContain("token", made.json().path("token").asText());
  }

  @Test
  void revokedLinkLetsNobodyInAndStaysListed() throws SQLException {
    String first = TURNOUT.get(owner, links()).json().at("/data/0/id").asText();

    assertThat(delete(first).status()).isEqualTo(204);
    assertThat(delete(first).status()).isEqualTo(204);

    assertThat(byToken(brendan.at("/link/token").asText()).status()).isEqualTo(401);
    assertThat(TURNOUT.get(owner, links()).json().at("/data/0/revoked_at").isTextual()).isTrue();
    assertThat(TURNOUT.audited(owner.organization()))
        .containsExactly("participant.added", "participant.link_revoked");
    assertThat(send(first).status()).isEqualTo(409);
  }

  @Test
  void repeatedRequestShowsTheSameTokenAndNoTokenIsKept() throws SQLException {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Answer made =
          TURNOUT
              .call(owner, "POST", links())
              .header("Idempotency-Key", "again-" + owner.id())
              .json("")
              .send();
      tokens.add(made.json().path("token").asText());
    }

    assertThat(tokens.getFirst()).isNotEmpty().isEqualTo(tokens.getLast());
    assertThat(TURNOUT.query("select body from idempotency_keys where body is not null").toString())
        .doesNotContain(tokens.getFirst());
  }

  @Test
  void elevenAtOnceMakeNoMoreThanTenGoodOnes() throws Exception {
    List<Callable<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      calls.add(() -> TURNOUT.post(owner, links(), ""));
    }

    List<Answer> answers = ParticipantsHarness.atOnce(calls);

    assertThat(answers).extracting(Answer::status).containsOnly(201, 409);
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(9);
  }

  @Test
  void linkIsSentByIdsAlone() throws SQLException {
    String link = TURNOUT.get(owner, links()).json().at("/data/0/id").asText();

    Answer sent = send(link);

    assertThat(sent.status()).isEqualTo(202);
    assertThat(sent.json().path("sent_at").isTextual()).isTrue();
    assertThat(
            TURNOUT.query(
                "select payload from outbox_messages where kind = 'participant_link_mail'"))
        .singleElement()
        .asString()
        .contains(link, brendan.path("id").asText())
        .doesNotContain("brendan@example.com", brendan.at("/link/token").asText());
  }

  @Test
  void whoHasNoAddressIsSentNothing() {
    JsonNode ana = TURNOUT.participant(owner, event, "{\"name\": \"Ana\"}");
    String path = "/participants/" + ana.path("id").asText() + "/links";
    String link = TURNOUT.get(owner, path).json().at("/data/0/id").asText();

    Answer refused = TURNOUT.post(owner, path + "/" + link + "/send", "");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("email");
  }

  @Test
  void anothersLinksAreNotThere() throws SQLException {
    Person stranger = TURNOUT.owner();
    String link = TURNOUT.get(owner, links()).json().at("/data/0/id").asText();

    assertThat(TURNOUT.get(stranger, links()).status()).isEqualTo(404);
    assertThat(TURNOUT.post(stranger, links(), "").status()).isEqualTo(404);
    assertThat(TURNOUT.call(stranger, "DELETE", links() + "/" + link).send().status())
        .isEqualTo(404);
    assertThat(TURNOUT.post(stranger, links() + "/" + link + "/send", "").status()).isEqualTo(404);
    assertThat(TURNOUT.post(stranger, sendToAll(), "{}").status()).isEqualTo(404);
    JsonNode ana = TURNOUT.participant(owner, event, "{\"name\": \"Ana\"}");
    assertThat(
            TURNOUT
                .call(
                    owner, "DELETE", "/participants/" + ana.path("id").asText() + "/links/" + link)
                .send()
                .status())
        .isEqualTo(404);
  }

  @Test
  void allWhoAreExpectedAreSentTheirsOnceWithinTenMinutes() throws Exception {
    for (int i = 0; i < 230; i++) {
      expect("p" + i + "@example.com", "pending");
    }
    expect("no@example.com", "denied");
    expect("", "confirmed");

    JsonNode counted = TURNOUT.post(owner, sendToAll(), "{}").json();
    List<AreaEvent> events = reactions.work("links_requested");
    events.forEach(again -> reactions.handle(again, () -> true));

    assertThat(counted.path("recipients").asInt()).isEqualTo(231);
    assertThat(counted.path("without_email").asInt()).isEqualTo(1);
    assertThat(mails()).hasSize(231).doesNotHaveDuplicates();
    JsonNode repeated = TURNOUT.post(owner, sendToAll(), "{}").json();
    assertThat(repeated.path("recipients").asInt()).isZero();
    assertThat(repeated.path("sent_recently").asInt()).isEqualTo(231);
    assertThat(reactions.work("links_requested")).isEmpty();
    assertThat(TURNOUT.query("select count(*)::text from participant_links")).isNotEmpty();
    assertThat(
            TURNOUT.query(
                """
                select distinct count(*)::text
                from participant_links l
                join participants p on p.id = l.participant_id
                where p.event_id = ?
                group by p.id
                """,
                event))
        .containsExactly("1");
  }

  @Test
  void askedAgainTheyAreSentTheSameLinkAgain() throws Exception {
    TURNOUT.post(owner, sendToAll(), "{}");
    reactions.work("links_requested");

    TURNOUT.post(owner, sendToAll(), "{\"again\": true}");
    reactions.work("links_requested");
    TURNOUT.time().advance(Duration.ofMinutes(11));
    TURNOUT.post(owner, sendToAll(), "{}");
    reactions.work("links_requested");

    assertThat(mails()).hasSize(3);
    assertThat(mails().stream().distinct()).hasSize(1);
  }

  @Test
  void whatOneCallHasNoTimeForTheNextOneDoes() throws Exception {
    for (int i = 0; i < 450; i++) {
      expect("p" + i + "@example.com", "pending");
    }
    TURNOUT.post(owner, sendToAll(), "{}");
    int calls = 0;
    List<AreaEvent> waiting = reactions.take("links_requested");
    while (!waiting.isEmpty()) {
      int[] pages = {1};
      reactions.handle(waiting.getFirst(), () -> pages[0]-- > 0);
      calls++;
      waiting = reactions.take("links_requested");
    }

    assertThat(calls).isEqualTo(3);
    assertThat(mails()).hasSize(451).doesNotHaveDuplicates();
  }

  @Test
  void dateThatIsOverSendsNothing() throws Exception {
    TURNOUT.post(owner, sendToAll(), "{}");
    TURNOUT.time().advance(Duration.ofHours(4));

    assertThat(TURNOUT.post(owner, sendToAll(), "{}").status()).isEqualTo(409);
    reactions.work("links_requested");
    assertThat(mails()).isEmpty();
  }

  @Test
  void linksAreForWhoManagesParticipants() throws SQLException {
    Person operator = TURNOUT.member(owner.organization(), "org_operator");

    assertThat(TURNOUT.get(operator, links()).status()).isEqualTo(403);
    assertThat(TURNOUT.post(operator, links(), "").status()).isEqualTo(403);
    assertThat(TURNOUT.byLink(brendan, "GET", links()).status()).isIn(401, 403);
  }

  private List<String> mails() throws SQLException {
    return TURNOUT.query(
        "select payload ->> 'link_id' from outbox_messages where kind = 'participant_link_mail'");
  }

  private void expect(String email, String status) throws SQLException {
    TURNOUT.execute(
        """
        insert into participants (
          id, organization_id, event_id, occurrence_id, name, email, locale, status, created_at,
          updated_at, version)
        values (gen_random_uuid(), ?, ?, ?, 'P', nullif(?, ''), 'en', ?, now(), now(), 1)
        """,
        owner.organization(),
        event,
        event,
        email,
        status);
  }

  private String links() {
    return "/participants/" + brendan.path("id").asText() + "/links";
  }

  private String sendToAll() {
    return "/events/" + event + "/participants/links/send";
  }

  private Answer send(String link) {
    return TURNOUT.post(owner, links() + "/" + link + "/send", "");
  }

  private Answer delete(String link) {
    return TURNOUT.call(owner, "DELETE", links() + "/" + link).send();
  }

  private Answer byToken(String token) {
    return TURNOUT.byLink(
        new ObjectMapper().valueToTree(Map.of("link", Map.of("token", token))),
        "GET",
        "/participants/" + brendan.path("id").asText());
  }
}
