package app.turnout.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LimitsOutageTest {
  @RegisterExtension
  static final IdentityHarness IDENTITY =
      new IdentityHarness(
          Map.of(
              "turnout.attempts.login", "1/PT15M",
              "turnout.tables.rate-limits", "no-such-table"));

  @Test
  void peopleLogInWhileNothingIsCounted() throws SQLException {
    IDENTITY.account("ana@example.com");

    assertThat(IDENTITY.logIn("ana@example.com", "wrong").status()).isEqualTo(401);
    assertThat(IDENTITY.logIn("ana@example.com", "wrong").status()).isEqualTo(401);
    assertThat(IDENTITY.logIn("ana@example.com", IdentityHarness.PASSWORD).status()).isEqualTo(200);
  }
}
