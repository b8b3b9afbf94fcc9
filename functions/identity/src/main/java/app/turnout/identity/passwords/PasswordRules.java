package app.turnout.identity.passwords;

import com.nulabinc.zxcvbn.StandardDictionaries;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which passwords are too easy to guess, whatever their length: the 30,000 most common ones of
/// zxcvbn's list, also with digits and signs at their end, and the account's own address.
@Singleton
public final class PasswordRules {
  /// Shortest password, in characters.
  public static final int SHORTEST = 10;

  /// Longest password, in characters.
  public static final int LONGEST = 200;

  private static final int FEWEST_DIFFERENT = 4;
  private static final Pattern TAIL = Pattern.compile("[^\\p{L}]{1,6}$");

  /// Loaded when somebody registers, not when the function starts.
  private static final class Common {
    static final Set<String> PASSWORDS = load();

    private static Set<String> load() {
      try {
        return Set.copyOf(StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// What is wrong with it, for people.
  public Optional<String> fault(String password, String email) {
    String folded = password.toLowerCase(Locale.ROOT);
    if (folded.equals(email.toLowerCase(Locale.ROOT))) {
      return Optional.of("must not be the e-mail address");
    }
    if (folded.chars().distinct().count() < FEWEST_DIFFERENT
        || Common.PASSWORDS.contains(folded)
        || Common.PASSWORDS.contains(TAIL.matcher(folded).replaceFirst(""))) {
      return Optional.of("is among the passwords that are tried first");
    }
    return Optional.empty();
  }
}
