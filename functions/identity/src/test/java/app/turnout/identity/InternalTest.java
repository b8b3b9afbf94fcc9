package app.turnout.identity;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.platform.tokens.ApiKeyTokens;
import app.turnout.testing.ApiClient;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What other services ask, by API keys.
class InternalTest {
  @RegisterExtension static final IdentityHarness IDENTITY = new IdentityHarness(Map.of());

  private static final String INACTIVE =
      "{\"active\":false,\"sub\":null,\"org\":null,\"role\":null,\"sid\":null,\"exp\":null}";

  private static int count;

  private final String email = "colleague" + ++count + "@example.com";

  private UUID organization;
  private UUID user;
  private String key;
  private JsonNode login;

  @BeforeEach
  void join() throws SQLException {
    IDENTITY.account(email);
    user =
        UUID.fromString(IDENTITY.query("select id from users where email = ?", email).getFirst());
    organization = organization();
    key = key(organization, "organization.read");
    IDENTITY.execute(
        "insert into members values (?, ?, 'org_manager', timestamptz '2026-01-01 00:00Z')",
        organization,
        user);
    login = IDENTITY.logIn(email, IdentityHarness.PASSWORD).json();
  }

  @AfterEach
  void resetTime() {
    IDENTITY.time().set(SettableTime.START);
  }

  @Test
  void tokenOfAMemberIsActive() throws SQLException {
    Answer verified = verify(key, token());

    assertThat(verified.status()).isEqualTo(200);
    assertThat(verified.json().path("active").asBoolean()).isTrue();
    assertThat(verified.json().path("sub").asText()).isEqualTo(user.toString());
    assertThat(verified.json().path("org").asText()).isEqualTo(organization.toString());
    assertThat(verified.json().path("role").asText()).isEqualTo("org_manager");
    assertThat(verified.json().path("exp").asLong())
        .isEqualTo(SettableTime.START.plus(Duration.ofMinutes(15)).getEpochSecond());
    assertThat(
            IDENTITY.query(
                "select user_id from sessions where id = cast(? as uuid)",
                verified.json().path("sid").asText()))
        .containsExactly(user.toString());
  }

  @Test
  void whereElseTheTokenActsIsNotTold() throws SQLException {
    UUID elsewhere = organization();
    IDENTITY.execute(
        "insert into members values (?, ?, 'org_owner', timestamptz '2026-01-02 00:00Z')",
        elsewhere,
        user);

    JsonNode verified = verify(key(elsewhere, "organization.read"), token()).json();

    assertThat(verified.path("active").asBoolean()).isTrue();
    assertThat(verified.path("org").isNull()).isTrue();
    assertThat(verified.path("role").asText()).isEqualTo("org_owner");
  }

  @Test
  void tokenOfAStrangerIsNotActive() throws SQLException {
    String foreign = key(organization(), "organization.read");

    assertThat(verify(foreign, token()).body()).isEqualTo(INACTIVE);
    assertThat(get(foreign, user).status()).isEqualTo(404);
    assertThat(get(foreign, user).json().path("detail"))
        .isEqualTo(get(foreign, UUID.randomUUID()).json().path("detail"));
  }

  @Test
  void tokenEndsWithItsTimeItsSessionItsMembershipAndItsAccount() throws SQLException {
    String token = token();
    List<String> ends =
        List.of(
            "update sessions set revoked_at = now() where user_id = ?",
            "delete from members where user_id = ?",
            "update users set deactivated_at = now() where id = ?");

    for (String end : ends) {
      join();
      assertThat(verify(key, token()).json().path("active").asBoolean()).isTrue();
      IDENTITY.execute(end, user);
      assertThat(verify(key, token()).body()).as(end).isEqualTo(INACTIVE);
      IDENTITY.execute("update users set deactivated_at = null where id = ?", user);
      IDENTITY.execute("delete from members where user_id = ?", user);
    }
    IDENTITY.time().advance(Duration.ofMinutes(15));
    assertThat(verify(key, token).body()).isEqualTo(INACTIVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "é"})
  void whatIsNoTokenIsNotActive(String token) {
    assertThat(verify(key, token).body()).isEqualTo(INACTIVE);
  }

  @Test
  void otherTokensAreNotActive() {
    String token = token();
    String changed = token.substring(0, token.length() - 3) + "AAA";

    assertThat(verify(key, changed).body()).isEqualTo(INACTIVE);
    assertThat(verify(key, key).body()).isEqualTo(INACTIVE);
    assertThat(verify(key, login.path("refresh_token").asText()).body()).isEqualTo(INACTIVE);
  }

  @Test
  void answerIsNotKeptForARepeatedRequest() throws SQLException {
    assertThat(verifyOnce().json().path("active").asBoolean()).isTrue();

    IDENTITY.execute("update sessions set revoked_at = now() where user_id = ?", user);

    assertThat(verifyOnce().body()).isEqualTo(INACTIVE);
    assertThat(IDENTITY.query("select key from idempotency_keys")).isEmpty();
  }

  @Test
  void memberIsToldByName() throws SQLException {
    assertThat(get(key, user).json().toString())
        .isEqualTo("{\"id\":\"" + user + "\",\"name\":\"Ana\",\"email\":\"" + email + "\"}");

    IDENTITY.execute("update users set email_verified_at = null where id = ?", user);
    assertThat(get(key, user).json().path("email").isNull()).isTrue();

    IDENTITY.execute("delete from members where user_id = ?", user);
    assertThat(get(key, user).status()).isEqualTo(404);
  }

  @Test
  void keyNeedsThePermission() throws SQLException {
    String other = key(organization, "events.manage");

    assertThat(verify(other, token()).status()).isEqualTo(403);
    assertThat(get(other, user).status()).isEqualTo(403);
    assertThat(verify("tk_0123456789ab_" + "A".repeat(43), token()).status()).isEqualTo(401);
    assertThat(IDENTITY.api().get("/internal/users/" + user).send().status()).isEqualTo(401);
  }

  private String token() {
    return login.path("access_token").asText();
  }

  private static Answer verify(String key, String token) {
    return verifying(key, token).send();
  }

  private Answer verifyOnce() {
    return verifying(key, token()).header("Idempotency-Key", "once").send();
  }

  private static ApiClient.Call verifying(String key, String token) {
    return IDENTITY
        .api()
        .post("/internal/auth/verify")
        .bearer(key)
        .json("{\"token\": \"" + token + "\"}");
  }

  private static Answer get(String key, UUID user) {
    return IDENTITY.api().get("/internal/users/" + user).bearer(key).send();
  }

  private static UUID organization() throws SQLException {
    UUID organization = UUID.randomUUID();
    IDENTITY.execute(
        """
        insert into organizations (id, name, type, plan, created_at, updated_at, version)
        values (?, 'Ours', 'event', 'free', now(), now(), 1)
        """,
        organization);
    return organization;
  }

  private static String key(UUID organization, String permission) throws SQLException {
    UUID id = UUID.randomUUID();
    String text = new ApiKeyTokens("api-key-key-of-at-least-32-characters").text(id);
    IDENTITY.execute(
        """
        insert into api_keys (
          id, organization_id, name, prefix, token_hash, permissions, created_at, version)
        values (?, ?, 'Till', ?, ?, array[?], now(), 1)
        """,
        id,
        organization,
        ApiKeyTokens.prefix(id),
        ApiKeyTokens.hash(text),
        permission);
    return text;
  }
}
