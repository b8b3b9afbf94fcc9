package app.turnout.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.domain.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProvenTokensTest {
  private static final ProvenTokens.Proven PROVEN =
      new ProvenTokens.Proven(
          "key",
          Ed25519Keys.fromSecret("a-secret-of-at-least-32-characters").getPublic(),
          Instant.EPOCH,
          new Credentials.AccessToken(
              new UserId(new UUID(1, 1)), new UUID(2, 2), null, Instant.MAX));

  private final ProvenTokens tokens = new ProvenTokens();
  private final List<String> checked = new ArrayList<>();

  @Test
  void whatIsProvenIsCheckedOnce() {
    assertThat(find("a")).contains(PROVEN);
    assertThat(find("a")).contains(PROVEN);

    assertThat(checked).containsExactly("a");
  }

  @Test
  void whatProvesNothingIsCheckedAgain() {
    for (int i = 0; i < 2; i++) {
      assertThat(
              tokens.find(
                  "forged",
                  token -> {
                    checked.add(token);
                    return Optional.empty();
                  }))
          .isEmpty();
    }

    assertThat(checked).containsExactly("forged", "forged");
  }

  @Test
  void thoseThatWereNotUsedForLongestAreForgotten() {
    find("kept");
    find("forgotten");
    for (int i = 0; i < 499; i++) {
      find("other " + i);
      find("kept");
    }
    checked.clear();

    find("kept");
    find("forgotten");

    assertThat(checked).containsExactly("forgotten");
  }

  private Optional<ProvenTokens.Proven> find(String token) {
    return tokens.find(
        token,
        asked -> {
          checked.add(asked);
          return Optional.of(PROVEN);
        });
  }
}
