package app.turnout.organizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.organizations.OrganizationsHarness.Person;
import app.turnout.platform.tokens.ApiKeyTokens;
import app.turnout.testing.ApiClient;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the audit log tells, and that nobody changes it.
class AuditLogTest {
  @RegisterExtension static final OrganizationsHarness ORGANIZATIONS = new OrganizationsHarness();

  private Person owner;
  private UUID organization;
  private String log;

  @BeforeEach
  void found() throws SQLException {
    ORGANIZATIONS.time().set(SettableTime.START);
    owner = ORGANIZATIONS.owner();
    organization = owner.organization();
    log = "/organizations/" + organization + "/audit-log";
  }

  @Test
  void entryTellsWhoWhatWhenFromWhereAndByWhichRequest() {
    Answer change = rename(owner, "Theirs");

    JsonNode entry = ORGANIZATIONS.get(owner, log).json().at("/data/0");

    assertThat(entry.path("actor_kind").asText()).isEqualTo("user");
    assertThat(entry.path("actor_id").asText()).isEqualTo(owner.id().toString());
    assertThat(entry.path("actor_name").asText()).isEqualTo("owner");
    assertThat(entry.path("subject_id").asText()).isEqualTo(organization.toString());
    assertThat(entry.at("/before/name").asText()).isEqualTo("Ours");
    assertThat(entry.at("/after/name").asText()).isEqualTo("Theirs");
    assertThat(entry.path("happened_at").asText()).isEqualTo("2026-03-01T09:00:00Z");
    assertThat(entry.path("source_address").asText()).isEqualTo("192.0.2.1");
    assertThat(entry.path("request_id").asText()).isEqualTo(change.header("X-Request-Id"));
  }

  @Test
  void whatWasRefusedWasNotDone() {
    ORGANIZATIONS.call(owner, "DELETE", "/organizations/" + organization).send();

    assertThat(ORGANIZATIONS.get(owner, log).json().path("data")).isEmpty();
  }

  @Test
  void administratorsOfThePlatformAreSeenLooking() throws SQLException {
    Person administrator = ORGANIZATIONS.superAdmin().in(organization);

    assertThat(ORGANIZATIONS.get(administrator, log).status()).isEqualTo(200);

    JsonNode entry = ORGANIZATIONS.get(owner, log).json().at("/data/0");
    assertThat(entry.path("action").asText()).isEqualTo("super_admin.acted");
    assertThat(entry.path("actor_kind").asText()).isEqualTo("super_admin");
    assertThat(entry.at("/after/method").asText()).isEqualTo("GET");
    assertThat(entry.at("/after/path").asText()).endsWith("/audit-log");
  }

  @Test
  void filtersAndCursorFindWhatIsAskedFor() throws SQLException {
    Person admin = ORGANIZATIONS.member(organization, "org_admin");
    for (int i = 0; i < 5; i++) {
      ORGANIZATIONS.time().advance(Duration.ofHours(1));
      rename(i % 2 == 0 ? owner : admin, "Name " + i);
    }

    assertThat(names("?actor_id=" + admin.id())).containsExactly("Name 3", "Name 1");
    assertThat(names("?subject_id=" + UUID.randomUUID())).isEmpty();
    assertThat(names("?from=2026-03-01T11:00:00Z&to=2026-03-01T13:00:00Z"))
        .containsExactly("Name 2", "Name 1");
    List<String> paged = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = ORGANIZATIONS.get(owner, log + "?limit=2" + cursor).json();
      page.path("data").forEach(entry -> paged.add(entry.at("/after/name").asText()));
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());
    assertThat(paged).containsExactly("Name 4", "Name 3", "Name 2", "Name 1", "Name 0");
  }

  @Test
  void logIsForThoseWhoManageAndOfTheirOwnOrganization() throws SQLException {
    assertThat(ORGANIZATIONS.get(ORGANIZATIONS.member(organization, "org_manager"), log).status())
        .isEqualTo(403);
    assertThat(ORGANIZATIONS.get(ORGANIZATIONS.owner(), log).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_log set action = 'x'",
        "delete from audit_log",
        "truncate audit_log",
        "select redact_audit_log(null, null)",
        "select erase_audit_log(null)",
        "alter table audit_log disable row level security",
      })
  void applicationsRoleOnlyAdds(String statement) {
    assertThatThrownBy(() -> run(TestDatabase.APP, statement))
        .isInstanceOf(SQLException.class)
        .hasMessageFindingMatch("permission denied|must be owner");
  }

  @Test
  void jobsRoleOnlyAddsAndRedacts() throws SQLException {
    assertThatThrownBy(() -> run(TestDatabase.JOBS, "update audit_log set action = 'x'"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> run(TestDatabase.JOBS, "delete from audit_log"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void erasedPersonIsRedactedAndWhatWasDoneStays() throws SQLException {
    UUID person = UUID.randomUUID();
    ORGANIZATIONS.execute(
        """
        insert into audit_log (
          id, organization_id, actor_kind, actor_id, action, subject_kind, subject_id, before,
          after, happened_at, source_address, user_agent, request_id)
        values (?, ?, 'participant', ?, 'participant.consent_given', 'participant', ?, null,
                '{"name": "Ana", "tags": ["vip", 2], "consent": {"granted": true}}',
                timestamptz '2026-03-01 09:00Z', '192.0.2.9', 'phone', 'r')
        """,
        UUID.randomUUID(),
        organization,
        person,
        person);

    run(TestDatabase.JOBS, "select redact_audit_log('%s', '%s')".formatted(organization, person));

    JsonNode entry = ORGANIZATIONS.get(owner, log).json().at("/data/0");
    assertThat(entry.path("action").asText()).isEqualTo("participant.consent_given");
    assertThat(entry.path("after").toString())
        .isEqualTo(
            "{\"name\":\"[erased]\",\"tags\":[\"[erased]\",2],\"consent\":{\"granted\":true}}");
    assertThat(entry.path("source_address").isNull()).isTrue();
    assertThat(entry.path("user_agent").isNull()).isTrue();
  }

  @Test
  void apiKeyActsByItsPermissionsUntilItEnds() throws SQLException {
    UUID id = UUID.randomUUID();
    String key = new ApiKeyTokens("api-key-key-of-at-least-32-characters").text(id);
    ORGANIZATIONS.execute(
        """
        insert into api_keys (
          id, organization_id, name, prefix, token_hash, permissions, created_at, expires_at,
          version)
        values (?, ?, 'till', ?, ?, '{organization.read}', timestamptz '2026-03-01 09:00Z',
                timestamptz '2026-03-01 10:00Z', 1)
        """,
        id,
        organization,
        ApiKeyTokens.prefix(id),
        ApiKeyTokens.hash(key));
    String plan = "/organizations/" + organization + "/plan";

    assertThat(byKey(key, "GET", plan).status()).isEqualTo(200);
    assertThat(ORGANIZATIONS.query("select last_used_at from api_keys where id = ?", id))
        .isNotEmpty()
        .doesNotContainNull();
    assertThat(byKey(key, "GET", log).status()).isEqualTo(403);
    assertThat(byKey(key.replace(key.substring(20), "A".repeat(43 - 4)), "GET", plan).status())
        .isEqualTo(401);
    ORGANIZATIONS.time().advance(Duration.ofHours(1));
    assertThat(byKey(key, "GET", plan).status()).isEqualTo(401);
    ORGANIZATIONS.execute(
        "update api_keys set expires_at = null, revoked_at = timestamptz '2026-03-01 09:30Z'"
            + " where id = ?",
        id);
    assertThat(byKey(key, "GET", plan).status()).isEqualTo(401);
  }

  private Answer byKey(String key, String method, String path) {
    ApiClient.Call call = ORGANIZATIONS.call(null, method, path);
    return call.bearer(key).send();
  }

  private List<String> names(String query) {
    List<String> names = new ArrayList<>();
    ORGANIZATIONS
        .get(owner, log + query)
        .json()
        .path("data")
        .forEach(entry -> names.add(entry.at("/after/name").asText()));
    return names;
  }

  private Answer rename(Person person, String name) {
    Answer answer =
        ORGANIZATIONS
            .call(person, "PATCH", "/organizations/" + organization)
            .header("If-Match", "*")
            .header("Content-Type", "application/merge-patch+json")
            .rawBody("{\"name\": \"" + name + "\"}", false)
            .send();
    assertThat(answer.status()).isEqualTo(200);
    return answer;
  }

  private static void run(String role, String statement) throws SQLException {
    try (Connection connection = ORGANIZATIONS.as(role).getConnection();
        Statement execution = connection.createStatement()) {
      execution.execute(statement);
    }
  }
}
