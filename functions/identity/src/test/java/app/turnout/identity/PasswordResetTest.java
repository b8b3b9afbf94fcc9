package app.turnout.identity;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordResetTest {
  private static final String NEW_PASSWORD = "another quiet tram stop";

  @RegisterExtension
  static final IdentityHarness IDENTITY =
      new IdentityHarness(
          Map.of(
              "turnout.attempts.forgot-address", "1000/PT1H",
              "turnout.attempts.register-address", "1000/PT1H"));

  private static int count;

  private final String email = "reset" + ++count + "@example.com";

  @AfterEach
  void resetTime() {
    IDENTITY.time().set(SettableTime.START);
  }

  @Test
  void mailedTokenSetsANewPasswordAndEndsEverySession() throws SQLException {
    JsonNode phone = IDENTITY.account(email);
    JsonNode laptop = IDENTITY.logIn(email, IdentityHarness.PASSWORD).json();

    Answer asked = IDENTITY.forgot(" " + email.toUpperCase(java.util.Locale.ROOT) + " ");
    Answer reset = IDENTITY.reset(newestToken(), NEW_PASSWORD);

    assertThat(asked.status()).isEqualTo(202);
    assertThat(asked.body()).isEqualTo("{}");
    assertThat(reset.status()).isEqualTo(204);
    for (JsonNode session : List.of(phone, laptop)) {
      assertThat(IDENTITY.profile(access(session)).status()).isEqualTo(401);
      assertThat(IDENTITY.refresh(refresh(session)).status()).isEqualTo(401);
    }
    assertThat(IDENTITY.logIn(email, IdentityHarness.PASSWORD).status()).isEqualTo(401);
    assertThat(IDENTITY.logIn(email, NEW_PASSWORD).status()).isEqualTo(200);
    assertThat(IDENTITY.kindsMailedTo(IDENTITY.userId(email)))
        .containsExactly("email_verification", "password_reset", "password_changed");
    assertThat(IDENTITY.audited(IDENTITY.userId(email))).containsExactly("password.reset");
  }

  @Test
  void tokenIsGoodOnce() throws SQLException {
    IDENTITY.account(email);
    IDENTITY.forgot(email);
    String token = newestToken();

    Answer first = IDENTITY.reset(token, NEW_PASSWORD);
    Answer second = IDENTITY.reset(token, "yet another quiet phrase");

    assertThat(first.status()).isEqualTo(204);
    assertThat(second.status()).isEqualTo(401);
    assertThat(second.json().path("type").asText()).isEqualTo("urn:turnout:problem:invalid_token");
    assertThat(IDENTITY.logIn(email, NEW_PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void ofManyAtOnceOneSetsThePassword() throws Exception {
    IDENTITY.account(email);
    IDENTITY.forgot(email);
    String token = newestToken();

    List<Answer> answers = IDENTITY.atOnce(8, () -> IDENTITY.reset(token, NEW_PASSWORD));

    assertThat(answers).extracting(Answer::status).filteredOn(status -> status == 204).hasSize(1);
    assertThat(answers).extracting(Answer::status).filteredOn(status -> status == 401).hasSize(7);
    assertThat(IDENTITY.audited(IDENTITY.userId(email))).containsExactly("password.reset");
  }

  @Test
  void onlyTheNewestTokenIsGood() throws SQLException {
    IDENTITY.account(email);
    IDENTITY.forgot(email);
    IDENTITY.forgot(email);
    List<String> tokens = IDENTITY.resetTokens(email);

    assertThat(tokens).hasSize(2);
    assertThat(IDENTITY.reset(tokens.getFirst(), NEW_PASSWORD).status()).isEqualTo(401);
    assertThat(IDENTITY.reset(tokens.getLast(), NEW_PASSWORD).status()).isEqualTo(204);
  }

  @Test
  void ofTokensAskedForAtOnceOneIsGood() throws Exception {
    IDENTITY.account(email);
    IDENTITY.atOnce(5, () -> IDENTITY.forgot(email));

    int good = 0;
    for (String token : IDENTITY.resetTokens(email)) {
      good +=
          IDENTITY
              .query(
                  """
                  select id from password_resets
                  where token_hash = sha256(convert_to(?, 'UTF8'))
                    and used_at is null
                    and expires_at > timestamptz '2026-03-01 09:00Z'
                  """,
                  token)
              .size();
    }

    assertThat(IDENTITY.resetTokens(email)).hasSize(5);
    assertThat(good).isEqualTo(1);
  }

  @Test
  void tokenIsGoodForAnHour() throws SQLException {
    IDENTITY.account(email);
    IDENTITY.forgot(email);
    String token = newestToken();

    IDENTITY.time().advance(Duration.ofHours(1));
    Answer late = IDENTITY.reset(token, NEW_PASSWORD);
    IDENTITY.time().advance(Duration.ofSeconds(-1));
    Answer inTime = IDENTITY.reset(token, NEW_PASSWORD);

    assertThat(late.status()).isEqualTo(401);
    assertThat(inTime.status()).isEqualTo(204);
  }

  @Test
  void easyPasswordLeavesTheTokenGood() throws SQLException {
    IDENTITY.account(email);
    IDENTITY.forgot(email);
    String token = newestToken();

    Answer tooShort = IDENTITY.reset(token, "short");
    Answer common = IDENTITY.reset(token, "Manchester2024!");
    Answer own = IDENTITY.reset(token, email);
    Answer good = IDENTITY.reset(token, NEW_PASSWORD);

    assertThat(List.of(tooShort, common, own)).extracting(Answer::status).containsOnly(422);
    assertThat(common.json().at("/errors/0/field").asText()).isEqualTo("password");
    assertThat(common.json().at("/errors/0/rule").asText()).isEqualTo("guessable");
    assertThat(own.json().at("/errors/0/rule").asText()).isEqualTo("guessable");
    assertThat(good.status()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({"x", "a.b", "AAAA.AAAA", "'..'"})
  void forgedTokenSetsNothing(String token) {
    assertThat(IDENTITY.reset(token, NEW_PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void tokensOfOtherKindsSetNothing() throws SQLException {
    IDENTITY.register(email, IdentityHarness.PASSWORD);
    String verification = IDENTITY.mailedToken(email);
    assertThat(IDENTITY.reset(verification, NEW_PASSWORD).status()).isEqualTo(401);
    IDENTITY.verify(verification);
    JsonNode session = IDENTITY.logIn(email, IdentityHarness.PASSWORD).json();
    IDENTITY.forgot(email);

    assertThat(IDENTITY.reset(refresh(session), NEW_PASSWORD).status()).isEqualTo(401);
    assertThat(IDENTITY.verify(newestToken()).status()).isEqualTo(401);
    assertThat(IDENTITY.refresh(newestToken()).status()).isEqualTo(401);
  }

  @Test
  void resetVerifiesNothing() throws SQLException {
    IDENTITY.register(email, IdentityHarness.PASSWORD);
    IDENTITY.forgot(email);

    Answer reset = IDENTITY.reset(newestToken(), NEW_PASSWORD);

    assertThat(reset.status()).isEqualTo(401);
    assertThat(IDENTITY.logIn(email, NEW_PASSWORD).status()).isEqualTo(401);
    assertThat(IDENTITY.logIn(email, IdentityHarness.PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void passwordThatWasChangedMeanwhileVoidsTheToken() throws SQLException {
    JsonNode session = IDENTITY.account(email);
    IDENTITY.forgot(email);

    Answer changed =
        IDENTITY
            .api()
            .post("/api/v1/auth/change-password")
            .bearer(access(session))
            .json(
                "{\"current_password\": \"%s\", \"new_password\": \"%s\"}"
                    .formatted(IdentityHarness.PASSWORD, NEW_PASSWORD))
            .send();
    Answer reset = IDENTITY.reset(newestToken(), "yet another quiet phrase");

    assertThat(changed.status()).isEqualTo(204);
    assertThat(reset.status()).isEqualTo(401);
  }

  @Test
  void loginsOfTheOldPasswordDoNotOutliveTheReset() throws Exception {
    IDENTITY.account(email);
    IDENTITY.forgot(email);
    String token = newestToken();

    List<Answer> answers =
        IDENTITY.atOnce(
            8,
            new java.util.concurrent.Callable<>() {
              private final java.util.concurrent.atomic.AtomicInteger turn =
                  new java.util.concurrent.atomic.AtomicInteger();

              @Override
              public Answer call() {
                return turn.getAndIncrement() == 3
                    ? IDENTITY.reset(token, NEW_PASSWORD)
                    : IDENTITY.logIn(email, IdentityHarness.PASSWORD);
              }
            });

    for (Answer answer : answers) {
      if (answer.status() == 200) {
        assertThat(IDENTITY.profile(access(answer.json())).status()).isEqualTo(401);
      }
    }
    assertThat(
            IDENTITY.query(
                "select id from sessions where user_id = ? and revoked_at is null",
                IDENTITY.userId(email)))
        .isEmpty();
  }

  @Test
  void accountWithoutAPasswordGetsOne() throws SQLException {
    IDENTITY.account(email);
    IDENTITY.execute("update users set password_hash = null where email = ?", email);
    assertThat(IDENTITY.logIn(email, IdentityHarness.PASSWORD).status()).isEqualTo(401);
    IDENTITY.forgot(email);

    Answer reset = IDENTITY.reset(newestToken(), NEW_PASSWORD);

    assertThat(reset.status()).isEqualTo(204);
    assertThat(IDENTITY.logIn(email, NEW_PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void storeHoldsNoToken() throws SQLException {
    IDENTITY.account(email);
    IDENTITY.forgot(email);
    String token = newestToken();

    String dump =
        String.join(
            "\n",
            IDENTITY.query(
                "select row_to_json(m)::text from outbox_messages m"
                    + " union all select row_to_json(r)::text from password_resets r"));

    assertThat(dump).doesNotContain(token).doesNotContain(email);
  }

  @Test
  void mailsToOneAddressAreLimited() {
    for (int i = 0; i < 5; i++) {
      assertThat(IDENTITY.forgot(email).status()).isEqualTo(202);
    }

    Answer refused = IDENTITY.forgot(email);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("3600");
  }

  private String newestToken() throws SQLException {
    return IDENTITY.resetTokens(email).getLast();
  }

  private static String access(JsonNode tokens) {
    return tokens.path("access_token").asText();
  }

  private static String refresh(JsonNode tokens) {
    return tokens.path("refresh_token").asText();
  }
}
