package app.turnout.identity;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmailChangeTest {
  private static final String NEW_PASSWORD = "another quiet tram stop";

  @RegisterExtension static final IdentityHarness IDENTITY = new IdentityHarness(Map.of());

  private static int count;

  private final String email = "old" + ++count + "@example.com";
  private final String newEmail = "new" + count + "@example.com";

  @AfterEach
  void resetTime() {
    IDENTITY.time().set(SettableTime.START);
  }

  @Test
  void newAddressCountsOnceItIsConfirmed() throws SQLException {
    String token = access(IDENTITY.account(email));
    UUID user = IDENTITY.userId(email);

    Answer asked = change(token, newEmail);
    Answer before = IDENTITY.logIn(newEmail, IdentityHarness.PASSWORD);
    Answer confirmed = confirm(newestToken());

    assertThat(asked.status()).isEqualTo(202);
    assertThat(asked.body()).isEqualTo("{}");
    assertThat(before.status()).isEqualTo(401);
    assertThat(confirmed.status()).isEqualTo(204);
    assertThat(IDENTITY.logIn(email, IdentityHarness.PASSWORD).status()).isEqualTo(401);
    assertThat(IDENTITY.logIn(newEmail, IdentityHarness.PASSWORD).status()).isEqualTo(200);
    assertThat(IDENTITY.profile(token).json().path("email").asText()).isEqualTo(newEmail);
    assertThat(IDENTITY.kindsMailedTo(user))
        .containsExactly(
            "email_verification",
            "email_change_confirmation",
            "email_change_requested",
            "email_changed");
    assertThat(IDENTITY.audited(user))
        .containsExactlyInAnyOrder("email.change_requested", "email.changed");
  }

  @Test
  void tokenIsGoodOnceAndForADay() throws SQLException {
    String token = access(IDENTITY.account(email));
    change(token, newEmail);
    String mailed = newestToken();

    IDENTITY.time().advance(Duration.ofHours(24));
    Answer late = confirm(mailed);
    IDENTITY.time().advance(Duration.ofSeconds(-1));
    Answer inTime = confirm(mailed);
    Answer again = confirm(mailed);

    assertThat(List.of(late, again)).extracting(Answer::status).containsOnly(401);
    assertThat(inTime.status()).isEqualTo(204);
  }

  @Test
  void onlyTheNewestTokenIsGood() throws SQLException {
    String token = access(IDENTITY.account(email));
    change(token, newEmail);
    String first = newestToken();
    change(token, "newer-" + newEmail);

    assertThat(confirm(first).status()).isEqualTo(401);
    assertThat(confirm(IDENTITY.emailChangeTokens("newer-" + newEmail).getLast()).status())
        .isEqualTo(204);
  }

  @Test
  void ofManyConfirmationsAtOnceOneCounts() throws Exception {
    String token = access(IDENTITY.account(email));
    UUID user = IDENTITY.userId(email);
    change(token, newEmail);
    String mailed = newestToken();

    List<Answer> answers = IDENTITY.atOnce(6, () -> confirm(mailed));

    assertThat(answers).extracting(Answer::status).filteredOn(status -> status == 204).hasSize(1);
    assertThat(answers).extracting(Answer::status).filteredOn(status -> status == 401).hasSize(5);
    assertThat(IDENTITY.kindsMailedTo(user)).containsOnlyOnce("email_changed");
  }

  @Test
  void addressThatIsTakenAnswersAlikeAndStaysItsOwners() throws SQLException {
    String token = access(IDENTITY.account(email));
    IDENTITY.account(newEmail);

    Answer taken = change(token, newEmail.toUpperCase(Locale.ROOT));
    Answer confirmed =
        confirm(IDENTITY.emailChangeTokens(newEmail.toUpperCase(Locale.ROOT)).getLast());

    assertThat(taken.status()).isEqualTo(202);
    assertThat(taken.body()).isEqualTo("{}");
    assertThat(confirmed.status()).isEqualTo(409);
    assertThat(IDENTITY.profile(token).json().path("email").asText()).isEqualTo(email);
  }

  @Test
  void whoOnlyRegisteredTheAddressGivesWay() throws SQLException {
    String token = access(IDENTITY.account(email));
    IDENTITY.register(newEmail, NEW_PASSWORD);
    String verification = IDENTITY.mailedToken(newEmail);
    change(token, newEmail);

    Answer confirmed = confirm(newestToken());

    assertThat(confirmed.status()).isEqualTo(204);
    assertThat(IDENTITY.verify(verification).status()).isEqualTo(401);
    assertThat(IDENTITY.logIn(newEmail, NEW_PASSWORD).status()).isEqualTo(401);
    assertThat(IDENTITY.logIn(newEmail, IdentityHarness.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void ownAddressInOtherLettersIsAChange() throws SQLException {
    String token = access(IDENTITY.account(email));

    assertThat(change(token, email).status()).isEqualTo(422);
    assertThat(change(token, email.toUpperCase(Locale.ROOT)).status()).isEqualTo(202);
    assertThat(
            confirm(IDENTITY.emailChangeTokens(email.toUpperCase(Locale.ROOT)).getLast()).status())
        .isEqualTo(204);
    assertThat(IDENTITY.profile(token).json().path("email").asText())
        .isEqualTo(email.toUpperCase(Locale.ROOT));
  }

  /// Who had the password for a moment must not keep the account by a change begun then.
  @Test
  void newPasswordEndsWhatSomebodyElseBegan() throws SQLException {
    String token = access(IDENTITY.account(email));
    change(token, newEmail);
    String attackers = newestToken();

    IDENTITY.forgot(email);
    Answer reset = IDENTITY.reset(IDENTITY.resetTokens(email).getLast(), NEW_PASSWORD);

    assertThat(reset.status()).isEqualTo(204);
    assertThat(confirm(attackers).status()).isEqualTo(401);
    assertThat(IDENTITY.logIn(email, NEW_PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void resetMailedToTheFormerAddressIsVoid() throws SQLException {
    String token = access(IDENTITY.account(email));
    IDENTITY.forgot(email);
    String reset = IDENTITY.resetTokens(email).getLast();
    change(token, newEmail);

    assertThat(confirm(newestToken()).status()).isEqualTo(204);

    assertThat(IDENTITY.reset(reset, NEW_PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void changeNeedsThePassword() throws SQLException {
    String token = access(IDENTITY.account(email));

    Answer answer = change(token, newEmail, "not the password");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("current_password");
    assertThat(IDENTITY.emailChangeTokens(newEmail)).isEmpty();
  }

  @Test
  void mailsAreLimited() throws SQLException {
    String token = access(IDENTITY.account(email));
    for (int i = 0; i < 5; i++) {
      assertThat(change(token, newEmail).status()).isEqualTo(202);
    }

    assertThat(change(token, newEmail).status()).isEqualTo(429);
  }

  @Test
  void tokensOfOtherKindsConfirmNothing() throws SQLException {
    JsonNode session = IDENTITY.account(email);
    IDENTITY.forgot(email);
    change(access(session), newEmail);

    assertThat(confirm(IDENTITY.resetTokens(email).getLast()).status()).isEqualTo(401);
    assertThat(confirm(IDENTITY.mailedToken(email)).status()).isEqualTo(401);
    assertThat(confirm(session.path("refresh_token").asText()).status()).isEqualTo(401);
    assertThat(IDENTITY.reset(newestToken(), NEW_PASSWORD).status()).isEqualTo(401);
    assertThat(IDENTITY.verify(newestToken()).status()).isEqualTo(401);
    assertThat(confirm(newestToken()).status()).isEqualTo(204);
  }

  private String newestToken() throws SQLException {
    return IDENTITY.emailChangeTokens(newEmail).getLast();
  }

  private static Answer change(String token, String email) {
    return change(token, email, IdentityHarness.PASSWORD);
  }

  private static Answer change(String token, String email, String password) {
    return IDENTITY
        .api()
        .post("/api/v1/users/profile/email")
        .bearer(token)
        .json("{\"email\": \"%s\", \"current_password\": \"%s\"}".formatted(email, password))
        .send();
  }

  private static Answer confirm(String token) {
    return IDENTITY.post("confirm-email", "{\"token\": \"" + token + "\"}");
  }

  private static String access(JsonNode tokens) {
    return tokens.path("access_token").asText();
  }
}
