package app.turnout.identity;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.identity.passwords.TestHashes;
import app.turnout.platform.security.AccessTokens;
import app.turnout.platform.security.Ed25519Keys;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.Signature;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionTest {
  @RegisterExtension static final IdentityHarness IDENTITY = new IdentityHarness(Map.of());

  private static int count;

  private final String email = "user" + ++count + "@example.com";

  @AfterEach
  void resetTime() {
    IDENTITY.time().set(SettableTime.START);
  }

  @Test
  void accessTokenIsProvedByThePublishedKey() throws Exception {
    JsonNode login = IDENTITY.account(email);
    Answer published = IDENTITY.api().get("/.well-known/jwks.json").send();

    SignedJWT token = SignedJWT.parse(login.path("access_token").asText());
    JWTClaimsSet claims = token.getJWTClaimsSet();
    assertThat(token.getHeader().getType()).isEqualTo(AccessTokens.TYPE);
    assertThat(claims.getIssuer()).isEqualTo("https://turnout.example");
    assertThat(claims.getAudience()).containsExactly("turnout");
    assertThat(claims.getSubject()).isEqualTo(userId());
    assertThat(claims.getIssueTime()).isEqualTo(Date.from(SettableTime.START));
    assertThat(claims.getNotBeforeTime()).isEqualTo(Date.from(SettableTime.START));
    assertThat(claims.getExpirationTime())
        .isEqualTo(Date.from(SettableTime.START.plus(Duration.ofMinutes(15))));
    assertThat(claims.getStringClaim("sid"))
        .isEqualTo(
            IDENTITY
                .query("select id from sessions where user_id = cast(? as uuid)", userId())
                .getFirst());
    assertThat(claims.getClaim("org")).isNull();

    assertThat(published.header("Cache-Control")).isEqualTo("public, max-age=300");
    JsonNode key =
        published
            .json()
            .path("keys")
            .valueStream()
            .filter(any -> any.path("kid").asText().equals(token.getHeader().getKeyID()))
            .findFirst()
            .orElseThrow();
    assertThat(key.path("kty").asText()).isEqualTo("OKP");
    assertThat(key.path("crv").asText()).isEqualTo("Ed25519");
    assertThat(key.path("use").asText()).isEqualTo("sig");
    assertThat(key.path("alg").asText()).isEqualTo("EdDSA");
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(Ed25519Keys.decode(key.path("x").asText()));
    signature.update(token.getSigningInput());
    assertThat(signature.verify(token.getSignature().decode())).isTrue();
  }

  @Test
  void unknownWrongAndUnverifiedAnswerAlike() throws SQLException {
    IDENTITY.account(email);
    IDENTITY.register("unverified@example.com", IdentityHarness.PASSWORD);

    List<Answer> answers =
        List.of(
            IDENTITY.logIn("unknown@example.com", IdentityHarness.PASSWORD),
            IDENTITY.logIn(email, "not the password"),
            IDENTITY.logIn("unverified@example.com", IdentityHarness.PASSWORD));

    assertThat(answers).extracting(Answer::status).containsOnly(401);
    assertThat(answers)
        .extracting(answer -> answer.json().path("type").asText())
        .containsOnly("urn:turnout:problem:invalid_credentials");
    assertThat(answers)
        .extracting(answer -> answer.json().path("detail"))
        .containsOnly(answers.getFirst().json().path("detail"));
  }

  @Test
  void refreshRotates() throws SQLException {
    JsonNode login = IDENTITY.account(email);

    IDENTITY.time().advance(Duration.ofMinutes(10));
    Answer first = IDENTITY.refresh(refreshToken(login));
    IDENTITY.time().advance(Duration.ofDays(6));
    Answer second = IDENTITY.refresh(refreshToken(first.json()));

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(200);
    assertThat(Set.of(refreshToken(login), refreshToken(first.json()), refreshToken(second.json())))
        .hasSize(3);
    assertThat(second.json().path("refresh_expires_in").asInt()).isEqualTo(604_800);
  }

  @Test
  void refreshTokenExpiresAfterSevenDays() throws SQLException {
    JsonNode login = IDENTITY.account(email);

    IDENTITY.time().advance(Duration.ofDays(7));

    assertThat(IDENTITY.refresh(refreshToken(login)).status()).isEqualTo(401);
  }

  @Test
  void retryWithinTenSecondsGetsTheSameSuccessor() throws SQLException {
    JsonNode login = IDENTITY.account(email);
    JsonNode first = IDENTITY.refresh(refreshToken(login)).json();

    IDENTITY.time().advance(Duration.ofSeconds(10));
    Answer retry = IDENTITY.refresh(refreshToken(login));

    assertThat(retry.status()).isEqualTo(200);
    assertThat(refreshToken(retry.json())).isEqualTo(refreshToken(first));
    assertThat(retry.json().path("refresh_expires_in").asInt()).isEqualTo(604_790);
    assertThat(IDENTITY.refresh(refreshToken(first)).status()).isEqualTo(200);
  }

  @Test
  void laterReuseEndsTheWholeFamily() throws SQLException {
    JsonNode login = IDENTITY.account(email);
    JsonNode first = IDENTITY.refresh(refreshToken(login)).json();

    IDENTITY.time().advance(Duration.ofSeconds(10).plusNanos(1000));
    Answer reused = IDENTITY.refresh(refreshToken(login));
    Answer newest = IDENTITY.refresh(refreshToken(first));
    Answer switched = switchTo(first, UUID.randomUUID());

    assertThat(reused.status()).isEqualTo(401);
    assertThat(reused.json().path("type").asText()).isEqualTo("urn:turnout:problem:invalid_token");
    assertThat(newest.status()).isEqualTo(401);
    assertThat(switched.status()).isEqualTo(401);
    assertThat(
            IDENTITY.query(
                "select revoked_because from sessions where user_id = cast(? as uuid)", userId()))
        .containsExactly("refresh_token_reused");
  }

  @Test
  void reuseOfTheOneBeforeTheLastEndsTheFamilyAtOnce() throws SQLException {
    JsonNode login = IDENTITY.account(email);
    JsonNode first = IDENTITY.refresh(refreshToken(login)).json();
    JsonNode second = IDENTITY.refresh(refreshToken(first)).json();

    assertThat(IDENTITY.refresh(refreshToken(login)).status()).isEqualTo(401);
    assertThat(IDENTITY.refresh(refreshToken(second)).status()).isEqualTo(401);
  }

  @Test
  void reuseEndsOneSessionOnly() throws SQLException {
    JsonNode phone = IDENTITY.account(email);
    JsonNode laptop = IDENTITY.logIn(email, IdentityHarness.PASSWORD).json();
    IDENTITY.refresh(refreshToken(phone));
    IDENTITY.time().advance(Duration.ofMinutes(1));

    IDENTITY.refresh(refreshToken(phone));

    assertThat(IDENTITY.refresh(refreshToken(laptop)).status()).isEqualTo(200);
  }

  @Test
  void manyRefreshesAtOnceGetOneSuccessor() throws Exception {
    JsonNode login = IDENTITY.account(email);

    Set<String> successors = new HashSet<>();
    for (Answer answer : atOnce(24, refreshToken(login))) {
      assertThat(answer.status()).isEqualTo(200);
      successors.add(refreshToken(answer.json()));
    }

    assertThat(successors).hasSize(1);
    assertThat(
            IDENTITY.query(
                "select generation from sessions where user_id = cast(? as uuid)", userId()))
        .containsExactly("2");
  }

  @Test
  void manyLateReusesAtOnceLeaveNothingOpen() throws Exception {
    JsonNode login = IDENTITY.account(email);
    JsonNode first = IDENTITY.refresh(refreshToken(login)).json();
    IDENTITY.time().advance(Duration.ofMinutes(1));

    List<Answer> answers = atOnce(12, refreshToken(login));

    assertThat(answers).extracting(Answer::status).containsOnly(401);
    assertThat(IDENTITY.refresh(refreshToken(first)).status()).isEqualTo(401);
  }

  @Test
  void forgedRefreshTokenIsRefused() throws SQLException {
    String token = refreshToken(IDENTITY.account(email));
    String forged = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);

    assertThat(IDENTITY.refresh(forged).status()).isEqualTo(401);
    assertThat(IDENTITY.refresh(token + "x").status()).isEqualTo(401);
    assertThat(IDENTITY.refresh("x").status()).isEqualTo(401);
    assertThat(IDENTITY.refresh(token).status()).isEqualTo(200);
  }

  @Test
  void loginActsInTheOrganizationOfTheLongestMembership() throws SQLException {
    IDENTITY.account(email);
    UUID older = organization("2026-01-01T00:00:00Z");
    organization("2026-02-01T00:00:00Z");

    JsonNode login = IDENTITY.logIn(email, IdentityHarness.PASSWORD).json();

    assertThat(login.path("organization_id").asText()).isEqualTo(older.toString());
    assertThat(claim(login, "org")).isEqualTo(older.toString());
  }

  @Test
  void switchLastsThroughRefreshes() throws SQLException {
    JsonNode login = IDENTITY.account(email);
    organization("2026-01-01T00:00:00Z");
    UUID chosen = organization("2026-02-01T00:00:00Z");

    Answer switched = switchTo(login, chosen);
    Answer refreshed = IDENTITY.refresh(refreshToken(login));

    assertThat(switched.status()).isEqualTo(200);
    assertThat(switched.json().path("expires_in").asInt()).isEqualTo(900);
    assertThat(switched.json().path("organization_id").asText()).isEqualTo(chosen.toString());
    assertThat(claim(switched.json(), "org")).isEqualTo(chosen.toString());
    assertThat(claim(switched.json(), "sid")).isEqualTo(claim(login, "sid"));
    assertThat(refreshed.json().path("organization_id").asText()).isEqualTo(chosen.toString());
  }

  @Test
  void switchKeepsNoAnswerUnderAnIdempotencyKey() throws SQLException {
    JsonNode login = IDENTITY.account(email);
    UUID first = organization("2026-01-01T00:00:00Z");
    UUID second = organization("2026-02-01T00:00:00Z");

    for (UUID organization : List.of(first, second)) {
      Answer switched =
          IDENTITY
              .api()
              .post("/api/v1/auth/switch")
              .bearer(login.path("access_token").asText())
              .header("Idempotency-Key", "the same key")
              .json("{\"organization_id\": \"" + organization + "\"}")
              .send();
      assertThat(switched.json().path("organization_id").asText())
          .isEqualTo(organization.toString());
    }

    assertThat(IDENTITY.query("select key from idempotency_keys")).isEmpty();
  }

  @Test
  void strangersOrganizationIsNotThere() throws SQLException {
    JsonNode login = IDENTITY.account(email);
    UUID foreign = UUID.randomUUID();
    IDENTITY.execute(
        """
        insert into organizations (id, name, type, plan, created_at, updated_at, version)
        values (?, 'Theirs', 'event', 'free', now(), now(), 1)
        """,
        foreign);

    Answer theirs = switchTo(login, foreign);
    Answer nobodys = switchTo(login, UUID.randomUUID());

    assertThat(theirs.status()).isEqualTo(404);
    assertThat(nobodys.status()).isEqualTo(404);
    assertThat(theirs.json().path("detail")).isEqualTo(nobodys.json().path("detail"));
  }

  @Test
  void removedMemberRefreshesIntoNoOrganization() throws SQLException {
    IDENTITY.account(email);
    UUID organization = organization("2026-01-01T00:00:00Z");
    JsonNode login = IDENTITY.logIn(email, IdentityHarness.PASSWORD).json();

    IDENTITY.execute("delete from members where organization_id = ?", organization);
    JsonNode refreshed = IDENTITY.refresh(refreshToken(login)).json();

    assertThat(refreshed.path("organization_id").isNull()).isTrue();
    assertThat(claim(refreshed, "org")).isEqualTo("null");
  }

  @Test
  void switchNeedsAnAccessToken() {
    Answer none = IDENTITY.post("switch", "{\"organization_id\": \"" + UUID.randomUUID() + "\"}");

    assertThat(none.status()).isEqualTo(401);
  }

  @Test
  void expiredAccessTokenSwitchesNothing() throws SQLException {
    JsonNode login = IDENTITY.account(email);
    UUID organization = organization("2026-01-01T00:00:00Z");

    IDENTITY.time().advance(Duration.ofMinutes(15));

    assertThat(switchTo(login, organization).status()).isEqualTo(401);
  }

  @Test
  void passwordHashedAtAnotherCostIsHashedAnewAtLogin() throws SQLException {
    IDENTITY.account(email);

    String cheaper = TestHashes.hash(IdentityHarness.PASSWORD, 32, 1, 1);
    IDENTITY.execute("update users set password_hash = ? where email = ?", cheaper, email);

    Answer wrong = IDENTITY.logIn(email, "not the password");
    String afterWrong = storedHash();
    Answer right = IDENTITY.logIn(email, IdentityHarness.PASSWORD);
    String afterRight = storedHash();
    Answer again = IDENTITY.logIn(email, IdentityHarness.PASSWORD);

    assertThat(wrong.status()).isEqualTo(401);
    assertThat(afterWrong).isEqualTo(cheaper);
    assertThat(right.status()).isEqualTo(200);
    assertThat(afterRight).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    assertThat(again.status()).isEqualTo(200);
    assertThat(storedHash()).isEqualTo(afterRight);
  }

  @Test
  void storeHoldsNoToken() throws SQLException {
    JsonNode login = IDENTITY.account(email);
    JsonNode refreshed = IDENTITY.refresh(refreshToken(login)).json();

    String dump = String.join("\n", IDENTITY.query("select row_to_json(s)::text from sessions s"));

    assertThat(dump)
        .doesNotContain(refreshToken(login), refreshToken(refreshed))
        .doesNotContain(refreshed.path("access_token").asText());
  }

  private static List<Answer> atOnce(int threads, String refreshToken) throws Exception {
    CountDownLatch ready = new CountDownLatch(threads);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Answer>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        calls.add(
            pool.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return IDENTITY.refresh(refreshToken);
                }));
      }
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> call : calls) {
        answers.add(call.get());
      }
      return answers;
    }
  }

  private static Answer switchTo(JsonNode tokens, UUID organization) {
    return IDENTITY
        .api()
        .post("/api/v1/auth/switch")
        .bearer(tokens.path("access_token").asText())
        .json("{\"organization_id\": \"" + organization + "\"}")
        .send();
  }

  private UUID organization(String since) throws SQLException {
    UUID organization = UUID.randomUUID();
    IDENTITY.execute(
        """
        with made as (
          insert into organizations (id, name, type, plan, created_at, updated_at, version)
          values (?, 'Ours', 'event', 'free', now(), now(), 1)
          returning id)
        insert into members (organization_id, user_id, role, created_at)
        select id, cast(? as uuid), 'org_owner', cast(? as timestamptz)
        from made
        """,
        organization,
        userId(),
        since);
    return organization;
  }

  private String userId() throws SQLException {
    return IDENTITY.query("select id from users where email = ?", email).getFirst();
  }

  private String storedHash() throws SQLException {
    return IDENTITY.query("select password_hash from users where email = ?", email).getFirst();
  }

  private static String refreshToken(JsonNode tokens) {
    return tokens.path("refresh_token").asText();
  }

  private static String claim(JsonNode tokens, String name) {
    try {
      return String.valueOf(
          SignedJWT.parse(tokens.path("access_token").asText()).getJWTClaimsSet().getClaim(name));
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }
}
