package app.turnout.identity.passwords;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// Hashes passwords and compares them. Both take the same time, tens of milliseconds by
/// configuration: call them outside of a transaction.
@Singleton
public class Passwords {
  private static final int SALT_BYTES = 16;

  private final PasswordSettings cost;
  private final SecureRandom random = new SecureRandom();

  Passwords(PasswordSettings cost) {
    this.cost = cost;
  }

  /// The text to store.
  public String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return PasswordHash.of(password, salt, cost).text();
  }

  /// Whether it is the password of this hash.
  ///
  /// @param stored null when there is nothing to compare with: then it is wrong, after as long
  public boolean matches(String password, @Nullable String stored) {
    if (stored == null) {
      hash(password);
      return false;
    }
    return PasswordHash.parse(stored).matches(password);
  }

  /// Whether the hash was made at another cost than is asked for now.
  public boolean isOutdated(String stored) {
    return !PasswordHash.parse(stored).cost().equals(cost);
  }
}
