package app.turnout.identity;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LogoutTest {
  @RegisterExtension static final IdentityHarness IDENTITY = new IdentityHarness(Map.of());

  private static int count;

  private final String email = "logout" + ++count + "@example.com";

  @AfterEach
  void resetTime() {
    IDENTITY.time().set(SettableTime.START);
  }

  @Test
  void loggedOutSessionIsRefusedAtOnce() throws SQLException {
    JsonNode phone = IDENTITY.account(email);
    JsonNode laptop = IDENTITY.logIn(email, IdentityHarness.PASSWORD).json();

    Answer loggedOut = IDENTITY.logOut(access(phone));

    assertThat(loggedOut.status()).isEqualTo(204);
    assertOver(phone);
    assertOpen(laptop);
    assertThat(IDENTITY.audited(IDENTITY.userId(email))).containsExactly("session.logged_out");
  }

  @Test
  void loggingOutTwiceDoesNoHarm() throws SQLException {
    JsonNode session = IDENTITY.account(email);

    assertThat(IDENTITY.logOut(access(session)).status()).isEqualTo(204);
    assertThat(IDENTITY.logOut(access(session)).status()).isEqualTo(204);
    assertThat(byRefreshToken(session, false).status()).isEqualTo(204);

    assertThat(IDENTITY.audited(IDENTITY.userId(email))).containsExactly("session.logged_out");
  }

  @Test
  void allSessionsOfTheAccountEnd() throws SQLException {
    JsonNode phone = IDENTITY.account(email);
    JsonNode laptop = IDENTITY.logIn(email, IdentityHarness.PASSWORD).json();
    JsonNode stranger = IDENTITY.account("other-" + email);

    Answer loggedOut =
        IDENTITY
            .api()
            .post("/api/v1/auth/logout")
            .bearer(access(phone))
            .json("{\"all\": true}")
            .send();

    assertThat(loggedOut.status()).isEqualTo(204);
    assertOver(phone);
    assertOver(laptop);
    assertOpen(stranger);
    assertThat(IDENTITY.audited(IDENTITY.userId(email))).containsExactly("sessions.logged_out");
  }

  @Test
  void phoneWithAnExpiredAccessTokenLogsOutByItsRefreshToken() throws SQLException {
    JsonNode phone = IDENTITY.account(email);
    IDENTITY.time().advance(Duration.ofHours(1));

    Answer byAccess = IDENTITY.logOut(access(phone));
    Answer byBoth =
        IDENTITY
            .api()
            .post("/api/v1/auth/logout")
            .bearer(access(phone))
            .json("{\"refresh_token\": \"" + refresh(phone) + "\"}")
            .send();

    assertThat(byAccess.status()).isEqualTo(401);
    assertThat(byBoth.status()).isEqualTo(204);
    assertThat(IDENTITY.refresh(refresh(phone)).status()).isEqualTo(401);
  }

  @Test
  void allSessionsEndByARefreshToken() throws SQLException {
    JsonNode phone = IDENTITY.account(email);
    JsonNode laptop = IDENTITY.logIn(email, IdentityHarness.PASSWORD).json();

    assertThat(byRefreshToken(phone, true).status()).isEqualTo(204);

    assertOver(phone);
    assertOver(laptop);
  }

  @Test
  void oldRefreshTokenEndsItsOwnSessionOnly() throws SQLException {
    JsonNode phone = IDENTITY.account(email);
    JsonNode laptop = IDENTITY.logIn(email, IdentityHarness.PASSWORD).json();
    JsonNode rotated = IDENTITY.refresh(refresh(phone)).json();
    IDENTITY.time().advance(Duration.ofMinutes(1));

    Answer loggedOut = byRefreshToken(phone, true);

    assertThat(loggedOut.status()).isEqualTo(401);
    assertOver(rotated);
    assertOpen(laptop);
  }

  @Test
  void endedSessionEndsNoOthers() throws SQLException {
    JsonNode phone = IDENTITY.account(email);
    JsonNode laptop = IDENTITY.logIn(email, IdentityHarness.PASSWORD).json();
    IDENTITY.logOut(access(phone));

    Answer byAccess =
        IDENTITY
            .api()
            .post("/api/v1/auth/logout")
            .bearer(access(phone))
            .json("{\"all\": true}")
            .send();

    assertThat(byAccess.status()).isEqualTo(401);
    assertThat(byRefreshToken(phone, true).status()).isEqualTo(401);
    assertOpen(laptop);
  }

  @Test
  void whoProvesNothingLogsNobodyOut() throws SQLException {
    String token = refresh(IDENTITY.account(email));
    String forged = (token.charAt(0) == 'A' ? "B" : "A") + token.substring(1);

    assertThat(IDENTITY.api().post("/api/v1/auth/logout").send().status()).isEqualTo(401);
    assertThat(IDENTITY.post("logout", "{}").status()).isEqualTo(401);
    assertThat(IDENTITY.post("logout", "{\"refresh_token\": \"" + forged + "\"}").status())
        .isEqualTo(401);
    assertThat(IDENTITY.logOut("x").status()).isEqualTo(401);
    assertThat(IDENTITY.post("logout", "{\"everything\": true}").status()).isEqualTo(422);
    assertThat(IDENTITY.refresh(token).status()).isEqualTo(200);
  }

  @Test
  void refreshesAndLogoutAtOnceLeaveNothingOpen() throws Exception {
    JsonNode session = IDENTITY.account(email);
    AtomicInteger turn = new AtomicInteger();

    List<Answer> answers =
        IDENTITY.atOnce(
            8,
            () ->
                turn.getAndIncrement() == 4
                    ? byRefreshToken(session, true)
                    : IDENTITY.refresh(refresh(session)));

    for (Answer answer : answers) {
      if (answer.status() == 200) {
        assertOver(answer.json());
      }
    }
    assertThat(openSessions()).isEmpty();
  }

  @Test
  void loginsThatBeginWhileAllSessionsEndAreWhole() throws Exception {
    JsonNode session = IDENTITY.account(email);
    AtomicInteger turn = new AtomicInteger();

    List<Answer> answers =
        IDENTITY.atOnce(
            8,
            () ->
                turn.getAndIncrement() == 4
                    ? byRefreshToken(session, true)
                    : IDENTITY.logIn(email, IdentityHarness.PASSWORD));

    int open = 0;
    for (Answer answer : answers) {
      if (answer.status() == 200 && IDENTITY.profile(access(answer.json())).status() == 200) {
        open++;
      }
    }
    assertThat(openSessions()).hasSize(open);
  }

  @Test
  void sessionsAreListedNewestFirstWithWhereTheyAre() throws SQLException {
    IDENTITY.account("other-" + email);
    IDENTITY.account(email);
    IDENTITY.time().advance(Duration.ofMinutes(1));
    JsonNode phone = logInFrom("Phone/1.0\tx");
    IDENTITY.time().advance(Duration.ofMinutes(1));
    JsonNode laptop = logInFrom("A".repeat(1000));
    IDENTITY.time().advance(Duration.ofMinutes(1));
    JsonNode refreshed =
        IDENTITY
            .api()
            .post("/api/v1/auth/refresh")
            .header("User-Agent", "Phone/2.0")
            .json("{\"refresh_token\": \"" + refresh(phone) + "\"}")
            .send()
            .json();

    JsonNode first = sessions(refreshed, "?limit=2");
    JsonNode second = sessions(refreshed, "?limit=2&cursor=" + first.path("next_cursor").asText());

    assertThat(first.path("data")).hasSize(2);
    JsonNode newest = first.at("/data/0");
    assertThat(newest.path("current").asBoolean()).isFalse();
    assertThat(newest.path("user_agent").asText()).isEqualTo("A".repeat(300));
    assertThat(newest.path("source_address").asText()).isEqualTo("192.0.2.1");
    assertThat(newest.path("created_at").asText()).isEqualTo("2026-03-01T09:02:00Z");
    JsonNode current = first.at("/data/1");
    assertThat(current.path("current").asBoolean()).isTrue();
    assertThat(current.path("user_agent").asText()).isEqualTo("Phone/2.0");
    assertThat(current.path("created_at").asText()).isEqualTo("2026-03-01T09:01:00Z");
    assertThat(current.path("last_used_at").asText()).isEqualTo("2026-03-01T09:03:00Z");
    assertThat(current.path("expires_at").asText()).isEqualTo("2026-03-08T09:03:00Z");
    assertThat(second.path("data")).hasSize(1);
    assertThat(second.at("/data/0/user_agent").isNull()).isTrue();
    assertThat(second.path("next_cursor").isNull()).isTrue();
    assertOpen(laptop);
  }

  @Test
  void endedAndExpiredSessionsAreNotListed() throws SQLException {
    JsonNode phone = IDENTITY.account(email);
    IDENTITY.logIn(email, IdentityHarness.PASSWORD);
    IDENTITY.time().advance(Duration.ofDays(6));
    JsonNode laptop = IDENTITY.logIn(email, IdentityHarness.PASSWORD).json();
    byRefreshToken(phone, false);
    assertThat(sessions(laptop, "").path("data")).hasSize(2);

    IDENTITY.time().advance(Duration.ofDays(1));
    JsonNode refreshed = IDENTITY.refresh(refresh(laptop)).json();

    assertThat(sessions(refreshed, "").path("data")).hasSize(1);
  }

  @Test
  void ownerEndsAnotherSession() throws SQLException {
    JsonNode stolen = IDENTITY.account(email);
    IDENTITY.time().advance(Duration.ofMinutes(1));
    JsonNode own = IDENTITY.logIn(email, IdentityHarness.PASSWORD).json();
    String id = sessions(own, "").at("/data/1/id").asText();

    Answer revoked = revoke(own, id);

    assertThat(revoked.status()).isEqualTo(204);
    assertThat(revoke(own, id).status()).isEqualTo(404);
    assertOver(stolen);
    assertOpen(own);
    assertThat(IDENTITY.audited(IDENTITY.userId(email))).containsExactly("session.revoked");
  }

  @Test
  void strangersSessionIsNotThere() throws SQLException {
    JsonNode own = IDENTITY.account(email);
    JsonNode theirs = IDENTITY.account("other-" + email);
    String id = sessions(theirs, "").at("/data/0/id").asText();

    Answer foreign = revoke(own, id);
    Answer nobodys = revoke(own, UUID.randomUUID().toString());

    assertThat(foreign.status()).isEqualTo(404);
    assertThat(foreign.json().path("detail")).isEqualTo(nobodys.json().path("detail"));
    assertThat(revoke(own, "x").status()).isEqualTo(400);
    assertOpen(theirs);
  }

  @Test
  void reuseOfARefreshTokenIsAudited() throws SQLException {
    JsonNode phone = IDENTITY.account(email);
    IDENTITY.refresh(refresh(phone));
    IDENTITY.time().advance(Duration.ofMinutes(1));

    IDENTITY.refresh(refresh(phone));
    IDENTITY.refresh(refresh(phone));

    assertThat(IDENTITY.audited(IDENTITY.userId(email)))
        .containsExactly("session.refresh_token_reused");
  }

  private List<String> openSessions() throws SQLException {
    return IDENTITY.query(
        "select id from sessions where user_id = ? and revoked_at is null", IDENTITY.userId(email));
  }

  private JsonNode logInFrom(String userAgent) {
    return IDENTITY
        .api()
        .post("/api/v1/auth/login")
        .header("User-Agent", userAgent)
        .json(
            "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, IdentityHarness.PASSWORD))
        .send()
        .json();
  }

  private static Answer byRefreshToken(JsonNode session, boolean all) {
    return IDENTITY.post(
        "logout", "{\"refresh_token\": \"%s\", \"all\": %s}".formatted(refresh(session), all));
  }

  private static JsonNode sessions(JsonNode tokens, String query) {
    return IDENTITY
        .api()
        .get("/api/v1/users/sessions" + query)
        .bearer(access(tokens))
        .send()
        .json();
  }

  private static Answer revoke(JsonNode tokens, String id) {
    return IDENTITY
        .api()
        .call("DELETE", "/api/v1/users/sessions/" + id)
        .bearer(access(tokens))
        .send();
  }

  private static void assertOver(JsonNode session) {
    assertThat(IDENTITY.profile(access(session)).status()).isEqualTo(401);
    assertThat(IDENTITY.refresh(refresh(session)).status()).isEqualTo(401);
  }

  private static void assertOpen(JsonNode session) {
    assertThat(IDENTITY.profile(access(session)).status()).isEqualTo(200);
    assertThat(IDENTITY.refresh(refresh(session)).status()).isEqualTo(200);
  }

  private static String access(JsonNode tokens) {
    return tokens.path("access_token").asText();
  }

  private static String refresh(JsonNode tokens) {
    return tokens.path("refresh_token").asText();
  }
}
