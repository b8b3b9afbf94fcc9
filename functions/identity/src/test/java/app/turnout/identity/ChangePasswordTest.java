package app.turnout.identity;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChangePasswordTest {
  private static final String NEW_PASSWORD = "another quiet tram stop";

  @RegisterExtension static final IdentityHarness IDENTITY = new IdentityHarness(Map.of());

  private static int count;

  private final String email = "change" + ++count + "@example.com";

  @Test
  void newPasswordTakesThePlaceOfTheOld() throws SQLException {
    JsonNode phone = IDENTITY.account(email);
    JsonNode laptop = IDENTITY.logIn(email, IdentityHarness.PASSWORD).json();

    Answer changed = change(laptop, IdentityHarness.PASSWORD, NEW_PASSWORD);

    assertThat(changed.status()).isEqualTo(204);
    assertThat(IDENTITY.profile(access(laptop)).status()).isEqualTo(200);
    assertThat(IDENTITY.refresh(laptop.path("refresh_token").asText()).status()).isEqualTo(200);
    assertThat(IDENTITY.profile(access(phone)).status()).isEqualTo(401);
    assertThat(IDENTITY.refresh(phone.path("refresh_token").asText()).status()).isEqualTo(401);
    assertThat(IDENTITY.logIn(email, IdentityHarness.PASSWORD).status()).isEqualTo(401);
    assertThat(IDENTITY.logIn(email, NEW_PASSWORD).status()).isEqualTo(200);
    assertThat(IDENTITY.kindsMailedTo(IDENTITY.userId(email)))
        .containsExactly("email_verification", "password_changed");
    assertThat(IDENTITY.audited(IDENTITY.userId(email))).containsExactly("password.changed");
    assertThat(
            IDENTITY.query(
                "select after::text from audit_log where subject_id = ?", IDENTITY.userId(email)))
        .containsExactly("{\"sessions_ended\": 1}");
  }

  @Test
  void wrongPasswordChangesNothing() throws SQLException {
    JsonNode session = IDENTITY.account(email);

    Answer changed = change(session, "not the password", NEW_PASSWORD);

    assertThat(changed.status()).isEqualTo(422);
    assertThat(changed.json().at("/errors/0/field").asText()).isEqualTo("current_password");
    assertThat(changed.json().at("/errors/0/rule").asText()).isEqualTo("wrong");
    assertThat(IDENTITY.logIn(email, IdentityHarness.PASSWORD).status()).isEqualTo(200);
    assertThat(IDENTITY.audited(IDENTITY.userId(email))).isEmpty();
  }

  @Test
  void easyPasswordIsRefused() throws SQLException {
    JsonNode session = IDENTITY.account(email);

    for (String easy : List.of("short", "1234567890", "Manchester2024!", email)) {
      Answer changed = change(session, IdentityHarness.PASSWORD, easy);
      assertThat(changed.status()).as(easy).isEqualTo(422);
      assertThat(changed.json().at("/errors/0/field").asText()).isEqualTo("new_password");
    }
  }

  @Test
  void guessesOfThePasswordAreLimited() throws SQLException {
    JsonNode session = IDENTITY.account(email);
    for (int i = 0; i < 10; i++) {
      assertThat(change(session, "guess", NEW_PASSWORD).status()).isEqualTo(422);
    }

    Answer refused = change(session, IdentityHarness.PASSWORD, NEW_PASSWORD);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isNotNull();
  }

  @Test
  void ofManyAtOnceOneChangesIt() throws Exception {
    JsonNode session = IDENTITY.account(email);

    List<Answer> answers =
        IDENTITY.atOnce(6, () -> change(session, IdentityHarness.PASSWORD, NEW_PASSWORD));

    assertThat(answers).extracting(Answer::status).filteredOn(status -> status == 204).hasSize(1);
    assertThat(IDENTITY.audited(IDENTITY.userId(email))).containsExactly("password.changed");
  }

  @Test
  void stolenSessionThatWasEndedChangesNothing() throws SQLException {
    JsonNode session = IDENTITY.account(email);
    IDENTITY.logOut(access(session));

    assertThat(change(session, IdentityHarness.PASSWORD, NEW_PASSWORD).status()).isEqualTo(401);
    assertThat(IDENTITY.logIn(email, IdentityHarness.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void whoHasNoPasswordIsToldHowToSetOne() throws SQLException {
    JsonNode session = IDENTITY.account(email);
    IDENTITY.execute("update users set password_hash = null where email = ?", email);

    Answer changed = change(session, IdentityHarness.PASSWORD, NEW_PASSWORD);

    assertThat(changed.status()).isEqualTo(409);
    assertThat(changed.json().path("detail").asText()).contains("forgot-password");
  }

  @Test
  void changeNeedsAnAccessToken() {
    assertThat(
            IDENTITY
                .post(
                    "change-password",
                    "{\"current_password\": \"x\", \"new_password\": \"" + NEW_PASSWORD + "\"}")
                .status())
        .isEqualTo(401);
  }

  private static Answer change(JsonNode session, String current, String next) {
    return IDENTITY
        .api()
        .post("/api/v1/auth/change-password")
        .bearer(access(session))
        .json("{\"current_password\": \"%s\", \"new_password\": \"%s\"}".formatted(current, next))
        .send();
  }

  private static String access(JsonNode tokens) {
    return tokens.path("access_token").asText();
  }
}
