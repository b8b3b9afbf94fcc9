package app.turnout.identity;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.identity.passwords.CountingPasswords;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Hashing takes long and holds no lock: what happens in that time counts.
class MeanwhileTest {
  private static final String NEW_PASSWORD = "another quiet tram stop";
  private static final String THIRD_PASSWORD = "yet another quiet phrase";

  @RegisterExtension static final IdentityHarness IDENTITY = new IdentityHarness(Map.of());

  private static int count;

  private final String email = "meanwhile" + ++count + "@example.com";

  @Test
  void loginEndsWithThePasswordItWasBegunWith() throws SQLException {
    IDENTITY.account(email);
    String token = resetToken();

    meanwhile(() -> assertThat(IDENTITY.reset(token, NEW_PASSWORD).status()).isEqualTo(204));
    Answer loggedIn = IDENTITY.logIn(email, IdentityHarness.PASSWORD);

    assertThat(loggedIn.status()).isEqualTo(401);
    assertThat(openSessions()).isEmpty();
  }

  @Test
  void loginEndsWithTheAccount() throws SQLException {
    JsonNode session = IDENTITY.account(email);

    meanwhile(
        () ->
            assertThat(
                    call(
                            session,
                            "users/profile/deactivate",
                            "{\"current_password\": \"" + IdentityHarness.PASSWORD + "\"}")
                        .status())
                .isEqualTo(204));
    Answer loggedIn = IDENTITY.logIn(email, IdentityHarness.PASSWORD);

    assertThat(loggedIn.status()).isEqualTo(401);
    assertThat(openSessions()).isEmpty();
  }

  @Test
  void sessionThatEndsMeanwhileChangesNoPassword() throws SQLException {
    JsonNode session = IDENTITY.account(email);

    meanwhile(() -> IDENTITY.logOut(session.path("access_token").asText()));
    Answer changed = changePassword(session);

    assertThat(changed.status()).isEqualTo(401);
    assertThat(IDENTITY.logIn(email, IdentityHarness.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void passwordThatWasResetMeanwhileStays() throws SQLException {
    JsonNode session = IDENTITY.account(email);
    String token = resetToken();

    meanwhile(() -> IDENTITY.reset(token, THIRD_PASSWORD));
    Answer changed = changePassword(session);

    assertThat(changed.status()).isEqualTo(401);
    assertThat(IDENTITY.logIn(email, THIRD_PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void addressIsNotChangedWithAPasswordOfBefore() throws SQLException {
    JsonNode session = IDENTITY.account(email);
    String token = resetToken();

    meanwhile(() -> IDENTITY.reset(token, NEW_PASSWORD));
    Answer changed =
        call(
            session,
            "users/profile/email",
            "{\"email\": \"thief@example.com\", \"current_password\": \"%s\"}"
                .formatted(IdentityHarness.PASSWORD));

    assertThat(changed.status()).isEqualTo(401);
    assertThat(IDENTITY.emailChangeTokens("thief@example.com")).isEmpty();
  }

  @Test
  void tokenIsVoidWhenANewerOneIsMailedMeanwhile() throws SQLException {
    IDENTITY.account(email);
    String token = resetToken();

    meanwhile(() -> IDENTITY.forgot(email));
    Answer reset = IDENTITY.reset(token, NEW_PASSWORD);

    assertThat(reset.status()).isEqualTo(401);
    assertThat(IDENTITY.logIn(email, IdentityHarness.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void ofTwoResetsTheFirstToEndCounts() throws SQLException {
    IDENTITY.account(email);
    String token = resetToken();

    meanwhile(() -> assertThat(IDENTITY.reset(token, THIRD_PASSWORD).status()).isEqualTo(204));
    Answer reset = IDENTITY.reset(token, NEW_PASSWORD);

    assertThat(reset.status()).isEqualTo(401);
    assertThat(IDENTITY.logIn(email, THIRD_PASSWORD).status()).isEqualTo(200);
  }

  private static void meanwhile(Runnable work) {
    IDENTITY.bean(CountingPasswords.class).meanwhile(work);
  }

  private String resetToken() throws SQLException {
    IDENTITY.forgot(email);
    return IDENTITY.resetTokens(email).getLast();
  }

  private List<String> openSessions() throws SQLException {
    return IDENTITY.query(
        "select id from sessions where user_id = ? and revoked_at is null", IDENTITY.userId(email));
  }

  private static Answer changePassword(JsonNode session) {
    return call(
        session,
        "auth/change-password",
        "{\"current_password\": \"%s\", \"new_password\": \"%s\"}"
            .formatted(IdentityHarness.PASSWORD, NEW_PASSWORD));
  }

  private static Answer call(JsonNode session, String path, String json) {
    return IDENTITY
        .api()
        .post("/api/v1/" + path)
        .bearer(session.path("access_token").asText())
        .json(json)
        .send();
  }
}
