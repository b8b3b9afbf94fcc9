package app.turnout.identity.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  private static final PasswordSettings COST = new PasswordSettings(64, 2, 1);
  private static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);

  /// The text is of the reference implementation, by argon2-cffi.
  @Test
  void agreesWithTheReferenceImplementation() {
    assertThat(PasswordHash.of("password", SALT, new PasswordSettings(65536, 2, 1)).text())
        .isEqualTo(
            "$argon2id$v=19$m=65536,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$7+/qEheh109gdg4M3e8OHdzFjQSPKlC6NgbVvwpor58");
  }

  @Test
  void textIsReadBack() {
    PasswordHash read = PasswordHash.parse(PasswordHash.of("phrase", SALT, COST).text());

    assertThat(read.matches("phrase")).isTrue();
    assertThat(read.matches("Phrase")).isFalse();
    assertThat(read.cost()).isEqualTo(COST);
  }

  @Test
  void composedAndDecomposedLettersAreTheSame() {
    PasswordHash composed = PasswordHash.of("caf\u00e9 au lait", SALT, COST);

    assertThat(composed.matches("cafe\u0301 au lait")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "password",
        "$argon2i$v=19$m=64,t=2,p=1$MDEyMw$MDEyMw",
        "$argon2id$v=19$m=1,t=2,p=1$MDEyMw$MDEyMw",
        "$argon2id$v=19$m=64,t=2,p=1$MDEyMw",
      })
  void otherTextIsNoHash(String text) {
    assertThatThrownBy(() -> PasswordHash.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
