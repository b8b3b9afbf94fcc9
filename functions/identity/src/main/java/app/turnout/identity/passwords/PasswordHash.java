package app.turnout.identity.passwords;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// A password's Argon2id hash (RFC 9106), whose text is the PHC string
/// `$argon2id$v=19$m=…,t=…,p=…$salt$hash`.
final class PasswordHash {
  private static final int BYTES = 32;
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();
  private static final Pattern TEXT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,4}),p=(\\d{1,3})\\$([^$]+)\\$([^$]+)");

  private final PasswordSettings cost;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(PasswordSettings cost, byte[] salt, byte[] hash) {
    this.cost = cost;
    this.salt = salt;
    this.hash = hash;
  }

  static PasswordHash of(String password, byte[] salt, PasswordSettings cost) {
    return new PasswordHash(cost, salt.clone(), derive(password, salt, cost, BYTES));
  }

  /// Throws IllegalArgumentException when it is not one.
  static PasswordHash parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("Not a hash of a password");
    }
    return new PasswordHash(
        new PasswordSettings(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3))),
        Base64.getDecoder().decode(parts.group(4)),
        Base64.getDecoder().decode(parts.group(5)));
  }

  boolean matches(String password) {
    return MessageDigest.isEqual(hash, derive(password, salt, cost, hash.length));
  }

  /// What it costs to make and to compare.
  PasswordSettings cost() {
    return cost;
  }

  String text() {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memoryKib(),
            cost.iterations(),
            cost.parallelism(),
            ENCODER.encodeToString(salt),
            ENCODER.encodeToString(hash));
  }

  /// Keyboards differ in how they compose an accented letter: NFC, as RFC 8265 has it.
  private static byte[] derive(String password, byte[] salt, PasswordSettings cost, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.iterations())
            .withParallelism(cost.parallelism())
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(
        Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
