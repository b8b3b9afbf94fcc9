package app.turnout.identity;

import static org.assertj.core.api.Assertions.assertThat;

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

class AttemptLimitsTest {
  @RegisterExtension
  static final IdentityHarness IDENTITY =
      new IdentityHarness(
          Map.of(
              "turnout.attempts.login", "3/PT15M",
              "turnout.attempts.login-address", "20/PT1H",
              "turnout.attempts.register", "2/PT1H",
              "turnout.attempts.register-address", "8/PT1H",
              "turnout.attempts.verify-address", "5/PT15M",
              "turnout.attempts.refresh-address", "5/PT15M"));

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
  void requestsThatAreRefusedForTheirFormDoNotCount() {
    for (int i = 0; i < 10; i++) {
      assertThat(IDENTITY.register("form@example.com", "short").status()).isEqualTo(422);
    }

    assertThat(IDENTITY.register("form@example.com", IdentityHarness.PASSWORD).status())
        .isEqualTo(202);
  }
}
