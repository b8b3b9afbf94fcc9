package app.turnout.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.organizations.OrganizationsHarness.Person;
import app.turnout.platform.security.Permission;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.OpenApiDocument;
import app.turnout.testing.SettableTime;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {
  @RegisterExtension static final OrganizationsHarness ORGANIZATIONS = new OrganizationsHarness();

  private static final String READER =
      "{\"name\": \"Till\", \"permissions\": [\"organization.read\"]}";

  private Person owner;
  private UUID organization;

  @BeforeEach
  void found() throws SQLException {
    ORGANIZATIONS.time().set(SettableTime.START);
    owner = ORGANIZATIONS.owner();
    organization = owner.organization();
  }

  @Test
  void keyOpensWhatItCarries() {
    Answer created = create(owner, READER);
    String key = created.json().path("key").asText();

    assertThat(created.status()).isEqualTo(201);
    assertThat(key).startsWith(created.json().path("prefix").asText() + "_");
    assertThat(plan(key).status()).isEqualTo(200);
    assertThat(withKey(key, "GET", "/organizations/" + organization + "/members").status())
        .isEqualTo(403);
    assertThat(withKey(key, "GET", "/users/invitations").status()).isEqualTo(401);
    assertThat(withKey(key, "GET", "/organizations").status()).isEqualTo(401);
  }

  @Test
  void keyIsShownOnceAndKeptNowhere() throws SQLException {
    Answer created = create(owner, READER);
    String key = created.json().path("key").asText();
    String id = created.json().path("id").asText();

    assertThat(get(owner, id).body()).doesNotContain(key);
    assertThat(get(owner, id).json().has("key")).isFalse();
    assertThat(ORGANIZATIONS.get(owner, keys("")).body()).contains(id).doesNotContain(key);
    for (String table : List.of("api_keys", "audit_log", "idempotency_keys")) {
      assertThat(
              String.join(
                  "\n", ORGANIZATIONS.query("select row_to_json(t)::text from " + table + " t")))
          .doesNotContain(key.substring(16));
    }
  }

  @Test
  void repeatedRequestGetsTheSameKey() {
    Answer first = createOnce();
    Answer second = createOnce();

    assertThat(second.status()).isEqualTo(201);
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(second.json().path("key").asText()).startsWith("tk_");
    assertThat(ORGANIZATIONS.get(owner, keys("")).json().path("data")).hasSize(1);

    revoke(owner, first.json().path("id").asText());
    assertThat(createOnce().status()).isEqualTo(404);
  }

  @Test
  void revokedKeyOpensNothingAtOnce() throws SQLException {
    Answer created = create(owner, READER);
    String key = created.json().path("key").asText();
    String id = created.json().path("id").asText();
    assertThat(plan(key).status()).isEqualTo(200);

    assertThat(revoke(owner, id).status()).isEqualTo(204);

    assertThat(plan(key).status()).isEqualTo(401);
    assertThat(get(owner, id).status()).isEqualTo(404);
    assertThat(revoke(owner, id).status()).isEqualTo(404);
    assertThat(ORGANIZATIONS.get(owner, keys("")).json().path("data")).isEmpty();
    assertThat(ORGANIZATIONS.audited(organization))
        .containsExactlyInAnyOrder("api_key.created", "api_key.revoked");
  }

  @Test
  void keyExpires() {
    String key =
        create(
                owner,
                """
                {"name": "Till", "permissions": ["organization.read"],
                 "expires_at": "2026-03-02T09:00:00Z"}
                """)
            .json()
            .path("key")
            .asText();

    ORGANIZATIONS.time().advance(Duration.ofDays(1).minusNanos(1000));
    assertThat(plan(key).status()).isEqualTo(200);
    ORGANIZATIONS.time().advance(Duration.ofNanos(1000));
    assertThat(plan(key).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\": \"x\", \"permissions\": [\"organization.manage\"]}|permissions[0]",
        "{\"name\": \"x\", \"permissions\": [\"organization.own\"]}|permissions[0]",
        "{\"name\": \"x\", \"permissions\": [\"events.manage\", \"all\"]}|permissions[1]",
        "{\"name\": \"x\", \"permissions\": [\"ORGANIZATION.READ\"]}|permissions[0]",
        "{\"name\": \"x\", \"permissions\": [\"organization_read\"]}|permissions[0]",
        "{\"name\": \"x\", \"permissions\": []}|permissions",
        "{\"name\": \"x\", \"permissions\": [null]}|permissions[0]",
        "{\"name\": \"x\"}|permissions",
        "{\"name\": \" \", \"permissions\": [\"events.manage\"]}|name",
        "{\"name\": \"x\", \"permissions\": [\"events.manage\"],"
            + " \"expires_at\": \"2026-03-01T09:00:00Z\"}|expires_at",
      })
  void keyThatMayNotBeNamesItsField(String body, String field) throws SQLException {
    Answer answer = create(owner, body);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(ORGANIZATIONS.audited(organization)).isEmpty();
  }

  @Test
  void patchChangesNameOrPermissions() {
    Answer created = create(owner, READER);
    String id = created.json().path("id").asText();
    String key = created.json().path("key").asText();

    Answer renamed = patch(owner, id, created.header("ETag"), "{\"name\": \"Gate\"}");
    Answer lowered = patch(owner, id, "\"2\"", "{\"permissions\": [\"messages.read\"]}");

    assertThat(renamed.status()).isEqualTo(200);
    assertThat(renamed.header("ETag")).isEqualTo("\"2\"");
    assertThat(renamed.json().at("/permissions/0").asText()).isEqualTo("organization.read");
    assertThat(lowered.json().path("name").asText()).isEqualTo("Gate");
    assertThat(plan(key).status()).isEqualTo(403);
    assertThat(patch(owner, id, "\"2\"", "{\"name\": \"Bar\"}").status()).isEqualTo(412);
    assertThat(patch(owner, id, "*", "{\"permissions\": [\"organization.own\"]}").status())
        .isEqualTo(422);
    assertThat(patch(owner, id, "*", "{\"expires_at\": null}").status()).isEqualTo(422);
  }

  @Test
  void lastUseIsToldAndChangesNoVersion() {
    Answer created = create(owner, READER);
    String id = created.json().path("id").asText();
    assertThat(get(owner, id).json().path("last_used_at").isNull()).isTrue();

    ORGANIZATIONS.time().advance(Duration.ofMinutes(5));
    plan(created.json().path("key").asText());

    assertThat(get(owner, id).json().path("last_used_at").asText())
        .isEqualTo("2026-03-01T09:05:00Z");
    assertThat(get(owner, id).header("ETag")).isEqualTo(created.header("ETag"));
  }

  @ParameterizedTest
  @CsvSource({
    "org_owner, 201",
    "org_admin, 201",
    "org_manager, 403",
    "org_operator, 403",
    "org_viewer, 403"
  })
  void keysAreForWhoManages(String role, int status) throws SQLException {
    Person member = ORGANIZATIONS.member(organization, role);

    assertThat(create(member, READER).status()).isEqualTo(status);
    assertThat(ORGANIZATIONS.get(member, keys("")).status()).isEqualTo(status == 201 ? 200 : 403);
  }

  @Test
  void keyMakesNoKeys() {
    String everything =
        create(
                owner,
                """
                {"name": "All", "permissions": [
                   "organization.read", "positions.read", "messages.read", "attendance.write",
                   "events.update", "events.manage", "participants.manage", "bookings.manage",
                   "messaging.manage"]}
                """)
            .json()
            .path("key")
            .asText();

    for (String path : List.of("/api-keys", "/invitations", "/ownership-offer", "/leave")) {
      assertThat(withKey(everything, "POST", "/organizations/" + organization + path).status())
          .as(path)
          .isIn(401, 403, 422);
    }
    assertThat(
            withKey(
                    everything,
                    "DELETE",
                    "/organizations/" + organization + "/members/" + owner.id())
                .status())
        .isEqualTo(403);
  }

  @Test
  void strangerFindsAndChangesNothing() throws SQLException {
    Person stranger = ORGANIZATIONS.owner();
    Answer created = create(owner, READER);
    String id = created.json().path("id").asText();
    String own = "/organizations/" + stranger.organization() + "/api-keys/" + id;

    assertThat(get(stranger, id).status()).isEqualTo(404);
    assertThat(revoke(stranger, id).status()).isEqualTo(404);
    assertThat(patch(stranger, id, "*", "{\"name\": \"Mine\"}").status()).isEqualTo(404);
    assertThat(create(stranger, READER).status()).isEqualTo(404);
    assertThat(ORGANIZATIONS.get(stranger, own).status()).isEqualTo(404);
    assertThat(ORGANIZATIONS.call(stranger, "DELETE", own).send().status()).isEqualTo(404);
    assertThat(
            withKey(
                    created.json().path("key").asText(),
                    "GET",
                    "/organizations/" + stranger.organization() + "/plan")
                .status())
        .isEqualTo(404);
    assertThat(plan(created.json().path("key").asText()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 20, 50})
  void changedKeyOpensNothing(int index) {
    String key = create(owner, READER).json().path("key").asText();
    char other = key.charAt(index) == 'a' ? 'b' : 'a';

    assertThat(plan(key.substring(0, index) + other + key.substring(index + 1)).status())
        .isEqualTo(401);
  }

  @Test
  void oneOfManyRevokesAKey() throws Exception {
    String id = create(owner, READER).json().path("id").asText();
    Callable<Answer> revoking = () -> revoke(owner, id);

    List<Answer> answers = OrganizationsHarness.atOnce(Collections.nCopies(6, revoking));

    assertThat(answers).filteredOn(answer -> answer.status() == 204).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 404).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CreateApiKeyRequest", "UpdateApiKeyRequest"})
  void documentListsThePermissionsThatKeysMayCarry(String schema) {
    JsonNode items =
        OpenApiDocument.ofArea("organizations")
            .at("/components/schemas/" + schema + "/properties/permissions/items/enum");

    assertThat(items)
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(
            Arrays.stream(Permission.values())
                .filter(Permission::forApiKeys)
                .map(Permission::wire)
                .toList());
  }

  @Test
  void putReplaces() {
    Answer created = create(owner, READER);

    Answer replaced =
        ORGANIZATIONS
            .call(owner, "PUT", keys("/" + created.json().path("id").asText()))
            .header("If-Match", "\"1\"")
            .json("{\"name\": \"Gate\", \"permissions\": [\"attendance.write\"]}")
            .send();

    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.json().path("permissions").toString()).isEqualTo("[\"attendance.write\"]");
    assertThat(plan(created.json().path("key").asText()).status()).isEqualTo(403);
  }

  private String keys(String rest) {
    return "/organizations/" + organization + "/api-keys" + rest;
  }

  private Answer create(Person by, String body) {
    return ORGANIZATIONS.post(by, keys(""), body);
  }

  private Answer createOnce() {
    return ORGANIZATIONS
        .call(owner, "POST", keys(""))
        .header("Idempotency-Key", "once")
        .json(READER)
        .send();
  }

  private Answer get(Person person, String id) {
    return ORGANIZATIONS.get(person, keys("/" + id));
  }

  private Answer revoke(Person person, String id) {
    return ORGANIZATIONS.call(person, "DELETE", keys("/" + id)).send();
  }

  private Answer patch(Person person, String id, @Nullable String ifMatch, String json) {
    return ORGANIZATIONS
        .call(person, "PATCH", keys("/" + id))
        .header("If-Match", String.valueOf(ifMatch))
        .json(json)
        .send();
  }

  private Answer plan(String key) {
    return withKey(key, "GET", "/organizations/" + organization + "/plan");
  }

  private static Answer withKey(String key, String method, String path) {
    var call = ORGANIZATIONS.call(null, method, path).bearer(key);
    return (method.equals("POST") ? call.json("{}") : call).send();
  }
}
