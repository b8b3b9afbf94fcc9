package app.turnout.live;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.platform.live.LiveChange;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@AlsoOnLocalStack
class SocketsTest {
  @RegisterExtension static final LiveHarness LIVE = new LiveHarness();

  private static final String PING = "{\"action\":\"ping\"}";

  private TestTenant tenant;
  private UUID event;
  private UUID member;
  private String connection;

  @BeforeEach
  void connect() {
    tenant = LIVE.tenant();
    event = tenant.event();
    member = tenant.member("org_operator");
    connection = LIVE.watching(tenant.accessToken(member), event);
  }

  @Test
  void subscribingIsAnsweredWithTheDateAndItsNumber() {
    LIVE.push(LiveHarness.changes(tenant, event, new LiveChange.EventChanged()));

    JsonNode answer = LIVE.subscribe(connection, event);

    assertThat(answer.path("type").asText()).isEqualTo("event_update");
    assertThat(answer.path("occurrence_id").asText()).isEqualTo(event.toString());
    assertThat(answer.path("sequence").asLong()).isEqualTo(1);
    assertThat(answer.path("event").path("title").asText()).isEqualTo("Lecture");
  }

  @Test
  void pingIsAnsweredWithPong() {
    assertThat(LIVE.say(connection, PING)).hasToString("{\"type\":\"pong\"}");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "ping",
        "[]",
        "{",
        "{}",
        "{\"action\":\"dance\"}",
        "{\"action\":1}",
        "{\"action\":\"ping\"} {}",
        "{\"action\":\"subscribe\"}",
        "{\"action\":\"subscribe\",\"event_id\":\"x\"}",
        "{\"action\":\"subscribe\",\"event_id\":{\"a\":1}}",
        "{\"action\":\"subscribe\",\"event_id\":[]}",
      })
  void whatIsNoMessageIsAProblem(String text) {
    JsonNode answer = LIVE.say(connection, text);

    assertThat(answer.path("type").asText()).isEqualTo("error");
    assertThat(answer.path("problem").path("type").asText())
        .isEqualTo("urn:turnout:problem:malformed_request");
    assertThat(answer.path("problem").path("status").asInt()).isEqualTo(400);
  }

  @Test
  void anotherEventThanTheTicketsIsNotThere() {
    assertThat(status(LIVE.subscribe(connection, tenant.event()))).isEqualTo(404);
  }

  @Test
  void whoWasNeverLetInIsToldNothing() {
    assertThat(status(LIVE.subscribe("nobody", event))).isEqualTo(401);
  }

  @Test
  void whoIsRemovedHasToConnectAgainOnceTheyAreBack() {
    tenant.execute("delete from members where user_id = :user", Map.of("user", member));
    assertThat(status(LIVE.say(connection, PING))).isEqualTo(401);

    tenant.execute(
        """
        insert into members (organization_id, user_id, role, created_at)
        values (:organization, :user, 'org_operator', :created)
        """,
        Map.of("user", member));

    assertThat(status(LIVE.subscribe(connection, event))).isEqualTo(401);
  }

  @Test
  void whoMayNotSeePositionsAnyMoreIsRefused() {
    tenant.execute(
        "update members set role = 'org_viewer' where user_id = :user", Map.of("user", member));

    assertThat(status(LIVE.say(connection, PING))).isEqualTo(403);
  }

  @Test
  void whoIsGoneIsToldNothing() {
    LIVE.disconnect(connection);
    LIVE.disconnect(connection);

    LIVE.push(LiveHarness.changes(tenant, event, new LiveChange.EventChanged()));

    assertThat(LIVE.gateway().sentTo(connection)).isEmpty();
  }

  @Test
  void whoHasNotSubscribedIsToldNothing() {
    LIVE.connect(
        "quiet", LIVE.ticket(tenant.accessToken(member), event).json().path("ticket").asText());

    LIVE.push(LiveHarness.changes(tenant, event, new LiveChange.EventChanged()));

    assertThat(LIVE.gateway().sentTo("quiet")).isEmpty();
    assertThat(LIVE.gateway().sentTo(connection)).hasSize(1);
  }

  @Test
  void deletedDateIsNotThere() {
    tenant.execute("delete from occurrences where id = :event", Map.of("event", event));

    assertThat(status(LIVE.subscribe(connection, event))).isEqualTo(404);
  }

  private static int status(JsonNode answer) {
    return answer.path("problem").path("status").asInt();
  }
}
