package app.turnout.identity.accounts;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An e-mail address as its owner writes it, without space around it. Two that differ by case only
/// are the same account.
///
/// @param value at most 254 characters (RFC 5321)
public record EmailAddress(String value) {
  private static final int LONGEST = 254;
  private static final Pattern FORM = Pattern.compile("[!-?A-~]+@[!-?A-~]+");

  public EmailAddress {
    value = value.strip();
  }

  /// The address in a text that is not ours, if it is one that we take.
  public static Optional<EmailAddress> find(@Nullable String text) {
    return Optional.ofNullable(text)
        .map(String::strip)
        .filter(address -> address.length() <= LONGEST && FORM.matcher(address).matches())
        .map(EmailAddress::new);
  }

  /// The form that addresses are compared in.
  public String folded() {
    return value.toLowerCase(Locale.ROOT);
  }
}
