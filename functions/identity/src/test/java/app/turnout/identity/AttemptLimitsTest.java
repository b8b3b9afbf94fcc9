package app.turnout.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.container.LocalStack;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@AlsoOnLocalStack
class AttemptLimitsTest {
  @RegisterExtension
  static final IdentityHarness IDENTITY =
      new IdentityHarness(
          Map.ofEntries(
              Map.entry("turnout.attempts.login", "3/PT15M"),
              Map.entry("turnout.attempts.login-address", "20/PT1H"),
              Map.entry("turnout.attempts.register", "2/PT1H"),
              Map.entry("turnout.attempts.register-address", "8/PT1H"),
              Map.entry("turnout.attempts.verify-address", "5/PT15M"),
              Map.entry("turnout.attempts.refresh-address", "5/PT15M"),
              Map.entry("turnout.attempts.logout-address", "5/PT15M"),
              Map.entry("turnout.attempts.forgot-address", "8/PT1H"),
              Map.entry("turnout.attempts.reset", "2/PT15M"),
              Map.entry("turnout.attempts.reset-address", "5/PT15M"),
              Map.entry("turnout.attempts.password-address", "6/PT15M"),
              Map.entry("turnout.attempts.account", "4/PT15M"),
              Map.entry("turnout.attempts.account-address", "6/PT15M")));

  private static int day;

  @BeforeEach
  void beginANewWindow() {
    IDENTITY.time().set(SettableTime.START.plus(Duration.ofDays(++day)));
  }

  @Test
  void failedLoginsAreLimitedForOneAccount() throws SQLException {
    IDENTITY.account("ana@example.com");
    for (int i = 0; i < 3; i++) {
      assertThat(IDENTITY.logIn("ana@example.com", "wrong").status()).isEqualTo(401);
    }

    IDENTITY.time().advance(Duration.ofMinutes(5));
    Answer refused = IDENTITY.logIn("ANA@example.com", IdentityHarness.PASSWORD);
    Answer other = IDENTITY.logIn("other@example.com", "wrong");
    IDENTITY.time().advance(Duration.ofMinutes(10));
    Answer later = IDENTITY.logIn("ana@example.com", IdentityHarness.PASSWORD);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().path("type").asText()).isEqualTo("urn:turnout:problem:rate_limited");
    assertThat(refused.header("Retry-After")).isEqualTo("600");
    assertThat(other.status()).isEqualTo(401);
    assertThat(later.status()).isEqualTo(200);
  }

  @Test
  void unknownAccountIsLimitedAlike() {
    for (int i = 0; i < 3; i++) {
      assertThat(IDENTITY.logIn("nobody@example.com", "wrong").status()).isEqualTo(401);
    }

    assertThat(IDENTITY.logIn("nobody@example.com", "wrong").status()).isEqualTo(429);
  }

  @Test
  void loginsThatSucceedDoNotCount() throws SQLException {
    IDENTITY.account("often@example.com");

    for (int i = 0; i < 10; i++) {
      assertThat(IDENTITY.logIn("often@example.com", IdentityHarness.PASSWORD).status())
          .isEqualTo(200);
    }
  }

  @Test
  void manyAtOnceAreCountedRight() throws Exception {
    assumeFalse(LocalStack.isAsked(), "LocalStack answers later than limits wait, asked at once");
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(10)) {
      List<Future<Answer>> calls = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        calls.add(pool.submit(() -> IDENTITY.logIn("race@example.com", "wrong")));
      }
      for (Future<Answer> call : calls) {
        statuses.add(call.get().status());
      }
    }

    assertThat(statuses).filteredOn(status -> status == 401).hasSize(3);
    assertThat(statuses).filteredOn(status -> status == 429).hasSize(7);
  }

  @Test
  void oneAddressTriesManyAccountsInVain() {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      statuses.add(IDENTITY.logIn("victim" + i + "@example.com", "wrong").status());
    }

    assertThat(statuses.getLast()).isEqualTo(429);
    assertThat(statuses.subList(0, 20)).containsOnly(401);
  }

  @Test
  void mailsToOneAddressAreLimited() throws SQLException {
    assertThat(IDENTITY.register("flood@example.com", IdentityHarness.PASSWORD).status())
        .isEqualTo(202);
    assertThat(IDENTITY.register("flood@example.com", IdentityHarness.PASSWORD).status())
        .isEqualTo(202);
    assertThat(IDENTITY.register("Flood@example.com", IdentityHarness.PASSWORD).status())
        .isEqualTo(429);

    assertThat(IDENTITY.mailedTokens("flood@example.com")).hasSize(2);
  }

  @Test
  void registrationsFromOneAddressAreLimited() {
    for (int i = 0; i < 8; i++) {
      assertThat(IDENTITY.register("many" + i + "@example.com", IdentityHarness.PASSWORD).status())
          .isEqualTo(202);
    }

    Answer refused = IDENTITY.register("many8@example.com", IdentityHarness.PASSWORD);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("3600");
  }

  @Test
  void guessesOfTokensAreLimited() {
    for (int i = 0; i < 5; i++) {
      assertThat(IDENTITY.verify("guess").status()).isEqualTo(401);
      assertThat(IDENTITY.refresh("guess").status()).isEqualTo(401);
    }

    assertThat(IDENTITY.verify("guess").status()).isEqualTo(429);
    assertThat(IDENTITY.refresh("guess").status()).isEqualTo(429);
  }

  @Test
  void resetMailsAskedForFromOneAddressAreLimited() {
    for (int i = 0; i < 8; i++) {
      assertThat(IDENTITY.forgot("many" + i + "@example.com").status()).isEqualTo(202);
    }

    Answer refused = IDENTITY.forgot("many8@example.com");

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("3600");
  }

  @Test
  void guessesOfResetTokensAreLimited() {
    for (int i = 0; i < 5; i++) {
      assertThat(IDENTITY.reset("guess" + i, IdentityHarness.PASSWORD).status()).isEqualTo(401);
    }

    assertThat(IDENTITY.reset("guess5", IdentityHarness.PASSWORD).status()).isEqualTo(429);
  }

  @Test
  void usesOfOneResetTokenAreLimited() throws SQLException {
    IDENTITY.account("reset@example.com");
    IDENTITY.forgot("reset@example.com");
    String token = IDENTITY.resetTokens("reset@example.com").getLast();
    for (int i = 0; i < 2; i++) {
      assertThat(IDENTITY.reset(token, "Manchester2024!").status()).isEqualTo(422);
    }

    assertThat(IDENTITY.reset(token, IdentityHarness.PASSWORD).status()).isEqualTo(429);
  }

  @Test
  void logoutsFromOneAddressAreLimited() {
    for (int i = 0; i < 5; i++) {
      assertThat(IDENTITY.logOut("guess").status()).isEqualTo(401);
    }

    Answer refused = IDENTITY.logOut("guess");

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("900");
  }

  @Test
  void requestsAboutOnesAccountAreLimited() throws SQLException {
    String busy = IDENTITY.account("busy@example.com").path("access_token").asText();
    String other = IDENTITY.account("quiet@example.com").path("access_token").asText();
    for (int i = 0; i < 4; i++) {
      assertThat(IDENTITY.profile(busy).status()).isEqualTo(200);
    }

    Answer ofAccount = IDENTITY.profile(busy);
    Answer stillGood = IDENTITY.profile(other);
    Answer ofAddress = IDENTITY.profile(other);

    assertThat(ofAccount.status()).isEqualTo(429);
    assertThat(ofAccount.header("Retry-After")).isEqualTo("900");
    assertThat(stillGood.status()).isEqualTo(200);
    assertThat(ofAddress.status()).isEqualTo(429);
  }

  @Test
  void passwordsGivenAgainFromOneAddressAreLimited() throws SQLException {
    String[] paths = {"auth/change-password", "users/profile/email", "users/profile/deactivate"};
    String[] bodies = {
      "{\"current_password\": \"guess\", \"new_password\": \"another quiet phrase\"}",
      "{\"current_password\": \"guess\", \"email\": \"new@example.com\"}",
      "{\"current_password\": \"guess\"}"
    };
    String token = IDENTITY.account("sensitive@example.com").path("access_token").asText();
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      statuses.add(
          IDENTITY
              .api()
              .post("/api/v1/" + paths[i % 3])
              .bearer(token)
              .json(bodies[i % 3])
              .send()
              .status());
    }

    assertThat(statuses).containsExactly(422, 422, 422, 422, 422, 422, 429, 429, 429);
  }

  /// Whoever has one IPv6 address has billions of them.
  @Test
  void oneNetworkIsOneAddress() {
    for (int i = 0; i < 20; i++) {
      assertThat(logInFrom("2001:db8:1:2::" + i, i).status()).isEqualTo(401);
    }

    assertThat(logInFrom("2001:db8:1:2:ffff::1", 20).status()).isEqualTo(429);
    assertThat(logInFrom("2001:db8:1:3::1", 21).status()).isEqualTo(401);
    assertThat(logInFrom("192.0.2.9", 22).status()).isEqualTo(401);
  }

  private static Answer logInFrom(String address, int number) {
    return IDENTITY
        .api()
        .post("/api/v1/auth/login")
        .from(address)
        .json("{\"email\": \"network" + number + "@example.com\", \"password\": \"wrong\"}")
        .send();
  }

  @Test
  void requestsThatAreRefusedForTheirFormDoNotCount() {
    for (int i = 0; i < 10; i++) {
      assertThat(IDENTITY.register("form@example.com", "short").status()).isEqualTo(422);
    }

    assertThat(IDENTITY.register("form@example.com", IdentityHarness.PASSWORD).status())
        .isEqualTo(202);
  }
}
