package app.turnout.identity;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.identity.passwords.CountingPasswords;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Whoever asks for an address learns nothing of it: not by the answer, not by the work behind it.
/// The work is counted, since a clock would measure the machine's other business too.
class EqualWorkTest {
  @RegisterExtension
  static final IdentityHarness IDENTITY =
      new IdentityHarness(Map.of("turnout.attempts.login", "3/PT15M"));

  private static final String ACTIVE = "active@example.com";
  private static final String NOBODY = "nobody@example.com";
  private static final String UNVERIFIED = "unverified@example.com";
  private static final String DEACTIVATED = "deactivated@example.com";
  private static final String PASSWORDLESS = "passwordless@example.com";

  /// What one request came to.
  ///
  /// @param body without the request's own id
  private record Seen(
      int status,
      Map<String, String> headers,
      String body,
      int hashes,
      int statements,
      int commits,
      int nudges) {}

  @BeforeAll
  static void accountsOfAllKinds() throws SQLException {
    for (String email : new String[] {ACTIVE, DEACTIVATED, PASSWORDLESS}) {
      IDENTITY.account(email);
    }
    IDENTITY.register(UNVERIFIED, IdentityHarness.PASSWORD);
    IDENTITY.execute("update users set deactivated_at = now() where email = ?", DEACTIVATED);
    IDENTITY.execute("update users set password_hash = null where email = ?", PASSWORDLESS);
    IDENTITY.forgot("warm-up@example.com");
  }

  @AfterEach
  void beginANewWindow() {
    IDENTITY.time().set(IDENTITY.time().instant().plus(Duration.ofDays(1)));
  }

  @Test
  void refusedLoginsAreAlike() {
    Seen wrong = seen(email -> IDENTITY.logIn(email, "not the password"), ACTIVE);

    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.hashes()).isEqualTo(1);
    assertThat(wrong.nudges()).isEqualTo(0);
    for (String email : new String[] {NOBODY, UNVERIFIED, DEACTIVATED, PASSWORDLESS}) {
      assertThat(seen(asked -> IDENTITY.logIn(asked, "not the password"), email))
          .as(email)
          .isEqualTo(wrong);
      assertThat(seen(asked -> IDENTITY.logIn(asked, IdentityHarness.PASSWORD), email))
          .as(email)
          .isEqualTo(wrong);
    }
  }

  @Test
  void lockedAccountsAreAlike() {
    Map<String, Seen> firstRefused = new TreeMap<>();
    Map<String, Seen> laterRefused = new TreeMap<>();
    for (String email : new String[] {ACTIVE, NOBODY, UNVERIFIED, DEACTIVATED, PASSWORDLESS}) {
      for (int i = 0; i < 3; i++) {
        IDENTITY.logIn(email, "not the password");
      }
      firstRefused.put(email, seen(asked -> IDENTITY.logIn(asked, "not the password"), email));
      laterRefused.put(email, seen(asked -> IDENTITY.logIn(asked, "not the password"), email));
    }

    assertThat(firstRefused.get(ACTIVE)).extracting(Seen::status).isEqualTo(429);
    assertThat(firstRefused.get(ACTIVE)).extracting(Seen::nudges).isEqualTo(1);
    assertThat(firstRefused.values()).containsOnly(firstRefused.get(ACTIVE));
    assertThat(laterRefused.get(ACTIVE)).extracting(Seen::statements).isEqualTo(0);
    assertThat(laterRefused.values()).containsOnly(laterRefused.get(ACTIVE));
  }

  @Test
  void forgottenPasswordsAreAlike() {
    Seen known = seen(IDENTITY::forgot, ACTIVE);

    assertThat(known.status()).isEqualTo(202);
    assertThat(known.hashes()).isEqualTo(0);
    assertThat(known.commits()).isEqualTo(1);
    assertThat(known.nudges()).isEqualTo(1);
    for (String email : new String[] {NOBODY, UNVERIFIED, DEACTIVATED, PASSWORDLESS, ACTIVE}) {
      assertThat(seen(IDENTITY::forgot, email)).as(email).isEqualTo(known);
    }
  }

  @Test
  void registrationsAreAlike() {
    Seen fresh =
        seen(email -> IDENTITY.register(email, IdentityHarness.PASSWORD), "fresh@example.com");

    assertThat(fresh.status()).isEqualTo(202);
    assertThat(fresh.hashes()).isEqualTo(1);
    assertThat(fresh.nudges()).isEqualTo(1);
    for (String email : new String[] {ACTIVE, UNVERIFIED, DEACTIVATED, PASSWORDLESS}) {
      assertThat(seen(asked -> IDENTITY.register(asked, IdentityHarness.PASSWORD), email))
          .as(email)
          .isEqualTo(fresh);
    }
  }

  /// The tokens of a link that was used, of one for an address that was never confirmed, and of one
  /// for an address that nobody has.
  @Test
  void resetsWithTokensThatOpenNothingAreAlike() throws SQLException {
    IDENTITY.forgot(ACTIVE);
    String used = IDENTITY.resetTokens(ACTIVE).getLast();
    IDENTITY.execute("update password_resets set used_at = created_at where user_id is not null");
    Seen refused = seen(token -> IDENTITY.reset(token, "another quiet tram stop"), used);
    IDENTITY.forgot(NOBODY);
    String nobodys = IDENTITY.resetTokenOfNobody();

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.hashes()).isEqualTo(0);
    assertThat(seen(token -> IDENTITY.reset(token, "another quiet tram stop"), nobodys))
        .isEqualTo(refused);
  }

  @Test
  void confirmationsWithTokensThatOpenNothingAreAlike() throws SQLException {
    String used = IDENTITY.mailedToken(ACTIVE);
    IDENTITY.register("late@example.com", IdentityHarness.PASSWORD);
    String late = IDENTITY.mailedToken("late@example.com");
    IDENTITY.time().set(SettableTime.START.plus(Duration.ofDays(400)));

    Seen refused = seen(IDENTITY::verify, used);

    assertThat(refused.status()).isEqualTo(401);
    assertThat(seen(IDENTITY::verify, late)).isEqualTo(refused);
  }

  private static Seen seen(Function<String, Answer> request, String argument) {
    CountingPasswords passwords = IDENTITY.bean(CountingPasswords.class);
    CountingDataSource database = IDENTITY.bean(CountingDataSource.class);
    int hashes = passwords.hashes();
    int statements = database.statements();
    int commits = database.commits();
    int nudges = IDENTITY.nudges();
    Answer answer = request.apply(argument);
    Map<String, String> headers = new TreeMap<>(answer.headers());
    headers.remove("x-request-id");
    ObjectNode body = (ObjectNode) answer.json();
    body.remove("request_id");
    return new Seen(
        answer.status(),
        headers,
        body.toString(),
        passwords.hashes() - hashes,
        database.statements() - statements,
        database.commits() - commits,
        IDENTITY.nudges() - nudges);
  }
}
