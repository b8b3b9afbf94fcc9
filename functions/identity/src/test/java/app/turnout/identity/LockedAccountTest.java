package app.turnout.identity;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A locked account says so to its owner, by mail, and to nobody else.
class LockedAccountTest {
  @RegisterExtension
  static final IdentityHarness IDENTITY =
      new IdentityHarness(Map.of("turnout.attempts.login", "3/PT15M"));

  private static int count;

  private final String email = "locked" + ++count + "@example.com";

  @BeforeEach
  void beginANewWindow() {
    IDENTITY.time().set(SettableTime.START.plus(Duration.ofDays(count)));
  }

  @Test
  void ownerGetsOneMailAWindow() throws SQLException {
    IDENTITY.account(email);
    UUID user = IDENTITY.userId(email);
    failThreeTimes(email);
    assertThat(locksMailedTo(user)).isEmpty();

    for (int i = 0; i < 5; i++) {
      assertThat(IDENTITY.logIn(email, "wrong").status()).isEqualTo(429);
    }
    assertThat(locksMailedTo(user)).hasSize(1);

    IDENTITY.time().advance(Duration.ofMinutes(15));
    failThreeTimes(email);
    assertThat(IDENTITY.logIn(email, IdentityHarness.PASSWORD).status()).isEqualTo(429);
    assertThat(locksMailedTo(user)).hasSize(2);
  }

  @Test
  void manyAtOnceMakeOneMail() throws Exception {
    IDENTITY.account(email);

    List<Answer> answers = IDENTITY.atOnce(12, () -> IDENTITY.logIn(email, "wrong"));

    assertThat(answers).extracting(Answer::status).filteredOn(status -> status == 429).hasSize(9);
    assertThat(locksMailedTo(IDENTITY.userId(email))).hasSize(1);
  }

  @Test
  void rightPasswordIsRefusedTooAndOpenSessionsGoOn() throws SQLException {
    String token = IDENTITY.account(email).path("access_token").asText();
    failThreeTimes(email);

    Answer refused = IDENTITY.logIn(email, IdentityHarness.PASSWORD);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isNotNull();
    assertThat(IDENTITY.profile(token).status()).isEqualTo(200);
  }

  @Test
  void addressThatNobodyHasIsLockedAlikeAndTellsNobody() throws SQLException {
    failThreeTimes(email);

    Answer refused = IDENTITY.logIn(email, "wrong");

    assertThat(refused.status()).isEqualTo(429);
    assertThat(
            IDENTITY.query(
                """
                select m.id
                from outbox_messages m
                join users u on u.id = (m.payload ->> 'user_id')::uuid
                where m.kind = 'login_locked'
                  and m.created_at = cast(? as timestamptz)
                """,
                IDENTITY.time().instant().toString()))
        .isEmpty();
  }

  private static void failThreeTimes(String email) {
    for (int i = 0; i < 3; i++) {
      assertThat(IDENTITY.logIn(email, "wrong").status()).isEqualTo(401);
    }
  }

  private static List<String> locksMailedTo(UUID user) throws SQLException {
    return IDENTITY.kindsMailedTo(user).stream().filter("login_locked"::equals).toList();
  }
}
