package app.turnout.platform.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class DerivedTokensTest {
  private static final UUID ID = UUID.fromString("01890000-0000-7000-8000-000000000001");

  private final DerivedTokens tokens = new DerivedTokens("a key that is long enough for anybody");

  @Test
  void sameIdAndGenerationGiveTheSameToken() {
    assertThat(tokens.token(ID, 3)).isEqualTo(tokens.token(ID, 3));
    assertThat(tokens.token(ID, 3)).isNotEqualTo(tokens.token(ID, 4));
  }

  @Test
  void tokenNamesWhatItOpens() {
    assertThat(tokens.verify(tokens.token(ID, 3))).contains(new DerivedTokens.Name(ID, 3));
    assertThat(DerivedTokens.looksLikeOne(tokens.token(ID, 3))).isTrue();
  }

  @Test
  void tokenOfAnotherKindIsNotOurs() {
    DerivedTokens others = new DerivedTokens("another key that is long enough for all");

    assertThat(tokens.verify(others.token(ID, 3))).isEmpty();
  }

  @Test
  void changedTokenIsNotOurs() {
    String token = tokens.token(ID, 3);
    for (int i = 0; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);

      assertThat(tokens.verify(changed)).as(changed).isEmpty();
    }
    assertThat(tokens.verify("")).isEmpty();
    assertThat(tokens.verify(".")).isEmpty();
    assertThat(tokens.verify("x".repeat(100_000))).isEmpty();
  }

  @Test
  void shortKeyIsRefused() {
    assertThatThrownBy(() -> new DerivedTokens("short")).hasMessageContaining("32");
  }
}
