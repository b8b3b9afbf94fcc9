package app.turnout.identity;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.platform.security.AccessTokens;
import app.turnout.platform.security.Ed25519Keys;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestSecretsManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Signature;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Keys take turns, and nobody who is logged in notices.
@AlsoOnLocalStack
class KeyRotationTest {
  private static final String OLD = "the-old-seed-of-at-least-32-characters";
  private static final TestSecretsManager SECRETS = new TestSecretsManager();

  @RegisterExtension
  static final IdentityHarness IDENTITY =
      new IdentityHarness(
          Map.of(
              "turnout.secrets.access-token-seed",
              SECRETS.put("seed", OLD),
              "aws.services.secretsmanager.endpoint-override",
              SECRETS.properties().get("aws.services.secretsmanager.endpoint-override")));

  private static int count;
  private static Instant start = SettableTime.START;

  private final String seed = "seed-number-" + ++count + "-of-at-least-32-characters";
  private final String email = "user" + count + "@example.com";
  private String oldKey = "";

  /// Each test a day later, with one key that signs.
  @BeforeEach
  void begin() throws SQLException {
    start = start.plus(Duration.ofDays(1));
    IDENTITY.time().set(start);
    SECRETS.setDown(false);
    String old = "old-" + seed;
    SECRETS.put("seed", old);
    IDENTITY.execute("delete from signing_keys");
    oldKey = IDENTITY.publishKey(old, start.minus(Duration.ofDays(1)));
  }

  @AfterAll
  static void stop() {
    SECRETS.close();
  }

  @Test
  void publishedKeySignsWhenItsTimeHasCome() throws SQLException {
    String before = IDENTITY.account(email).path("access_token").asText();
    SECRETS.put("seed", seed);
    String newKey = IDENTITY.publishKey(seed, start.plus(Duration.ofMinutes(15)));

    String published = logIn();
    IDENTITY.time().advance(Duration.ofMinutes(15).minusSeconds(1));
    String lastOfOld = logIn();
    IDENTITY.time().advance(Duration.ofSeconds(1));
    String firstOfNew = logIn();

    assertThat(List.of(keyId(before), keyId(published), keyId(lastOfOld))).containsOnly(oldKey);
    assertThat(keyId(firstOfNew)).isEqualTo(newKey);
    assertThat(isHonoured(firstOfNew)).isTrue();
    assertThat(isHonoured(lastOfOld)).isTrue();
    IDENTITY.time().advance(Duration.ofMinutes(14).plusSeconds(58));
    assertThat(isHonoured(lastOfOld)).isTrue();
  }

  @Test
  void keyThatIsNotPublishedNeverSigns() throws SQLException {
    IDENTITY.account(email);
    SECRETS.put("seed", seed);
    IDENTITY.time().advance(Duration.ofDays(1));

    assertThat(keyId(logIn())).isEqualTo(oldKey);
  }

  @Test
  void refreshedSessionGoesOnWithTheNewKey() throws SQLException {
    JsonNode login = IDENTITY.account(email);
    SECRETS.put("seed", seed);
    String newKey = IDENTITY.publishKey(seed, start.plus(Duration.ofMinutes(15)));
    retire(oldKey, start.plus(Duration.ofMinutes(75)));

    IDENTITY.time().advance(Duration.ofDays(2));
    Answer refreshed = IDENTITY.refresh(login.path("refresh_token").asText());

    assertThat(refreshed.status()).isEqualTo(200);
    assertThat(keyId(refreshed.json().path("access_token").asText())).isEqualTo(newKey);
  }

  @Test
  void publishedKeysAreThoseThatAreHonoured() throws SQLException {
    String newKey = IDENTITY.publishKey(seed, start.plus(Duration.ofMinutes(15)));
    retire(oldKey, start.plus(Duration.ofMinutes(75)));

    Answer both = IDENTITY.api().get("/.well-known/jwks.json").send();
    Answer again =
        IDENTITY
            .api()
            .get("/.well-known/jwks.json")
            .header("If-None-Match", String.valueOf(both.header("ETag")))
            .send();
    IDENTITY.time().advance(Duration.ofMinutes(75));
    Answer later =
        IDENTITY
            .api()
            .get("/.well-known/jwks.json")
            .header("If-None-Match", String.valueOf(both.header("ETag")))
            .send();

    assertThat(both.json().path("keys").findValuesAsText("kid")).containsExactly(newKey, oldKey);
    assertThat(both.header("Cache-Control")).isEqualTo("public, max-age=300");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.header("Cache-Control")).isEqualTo("public, max-age=300");
    assertThat(later.status()).isEqualTo(200);
    assertThat(later.json().path("keys").findValuesAsText("kid")).containsExactly(newKey);
  }

  @Test
  void retiredKeyIsNotHonouredAfterAMinute() throws SQLException {
    String token = IDENTITY.account(email).path("access_token").asText();
    assertThat(isHonoured(token)).isTrue();

    retire(oldKey, start);
    IDENTITY.time().advance(Duration.ofMinutes(1));

    assertThat(isHonoured(token)).isFalse();
  }

  @Test
  void plannedEndOfAKeyIsItsEndToTheSecond() throws SQLException {
    retire(oldKey, start.plus(Duration.ofMinutes(20)));
    String token = IDENTITY.account(email).path("access_token").asText();
    retire(oldKey, start.plus(Duration.ofSeconds(70)));

    IDENTITY.time().advance(Duration.ofSeconds(69));
    assertThat(isHonoured(token)).isTrue();
    IDENTITY.time().advance(Duration.ofSeconds(1));
    assertThat(isHonoured(token)).isFalse();
  }

  @Test
  void unknownKeyIsLookedForEveryTenSecondsAtMost() throws Exception {
    String user = userId(IDENTITY.account(email));
    IDENTITY.time().advance(Duration.ofMinutes(1));
    KeyPair keys = Ed25519Keys.fromSecret(seed);
    String token = token(keys, user);

    assertThat(isHonoured(token)).isFalse();
    IDENTITY.publishKey(seed, start);
    IDENTITY.time().advance(Duration.ofSeconds(9));
    assertThat(isHonoured(token)).isFalse();
    IDENTITY.time().advance(Duration.ofSeconds(1));
    assertThat(isHonoured(token)).isTrue();
  }

  @Test
  void tokensEndBeforeTheirKeyDoes() throws SQLException {
    IDENTITY.account(email);
    SECRETS.put("seed", seed);
    String newKey = IDENTITY.publishKey(seed, start.plus(Duration.ofMinutes(20)));
    retire(oldKey, start.plus(Duration.ofMinutes(14)));

    // Only one of them outlives a token, and it is published.
    IDENTITY.time().advance(Duration.ofSeconds(10));
    assertThat(keyId(logIn())).isEqualTo(newKey);
  }

  @Test
  void keyThatNobodyHoldsLeavesItsTurnToTheOneBefore() throws SQLException {
    IDENTITY.account(email);
    IDENTITY.publishKey(seed, start);

    assertThat(keyId(logIn())).isEqualTo(oldKey);
    SECRETS.setDown(true);
    IDENTITY.time().advance(Duration.ofSeconds(10));
    assertThat(keyId(logIn())).isEqualTo(oldKey);
  }

  @Test
  void withoutAnyPublishedKeyNothingIsSigned() throws SQLException {
    IDENTITY.account(email);
    IDENTITY.execute("delete from signing_keys");
    IDENTITY.publishKey(seed, start.minus(Duration.ofDays(1)));

    Answer refused = IDENTITY.logIn(email, IdentityHarness.PASSWORD);

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isEqualTo("10");
  }

  private String logIn() {
    return IDENTITY.logIn(email, IdentityHarness.PASSWORD).json().path("access_token").asText();
  }

  /// Whether the bearer is let in, to be told that there is no such organization.
  private static boolean isHonoured(String accessToken) {
    int status =
        IDENTITY
            .api()
            .post("/api/v1/auth/switch")
            .bearer(accessToken)
            .json("{\"organization_id\": \"" + UUID.randomUUID() + "\"}")
            .send()
            .status();
    assertThat(status).isIn(401, 404);
    return status == 404;
  }

  private static void retire(String keyId, Instant at) throws SQLException {
    IDENTITY.execute(
        "update signing_keys set retired_at = ? where key_id = ?",
        at.atOffset(ZoneOffset.UTC),
        keyId);
  }

  private static String userId(JsonNode tokens) throws ParseException {
    return SignedJWT.parse(tokens.path("access_token").asText()).getJWTClaimsSet().getSubject();
  }

  private static String keyId(String accessToken) {
    try {
      return SignedJWT.parse(accessToken).getHeader().getKeyID();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private static String token(KeyPair keys, String user) throws Exception {
    Instant now = IDENTITY.time().instant();
    String session =
        IDENTITY.query("select id from sessions where user_id = cast(? as uuid)", user).getFirst();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.EdDSA)
                .type(AccessTokens.TYPE)
                .keyID(Ed25519Keys.keyId(keys.getPublic()))
                .build(),
            new JWTClaimsSet.Builder()
                .issuer("https://turnout.example")
                .audience(AccessTokens.AUDIENCE)
                .subject(user)
                .claim("sid", session)
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(900)))
                .build());
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(token.getSigningInput());
    return new String(token.getSigningInput(), StandardCharsets.US_ASCII)
        + "."
        + Base64URL.encode(signature.sign());
  }
}
