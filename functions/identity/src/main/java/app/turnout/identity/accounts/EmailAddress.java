package app.turnout.identity.accounts;

import java.util.Locale;

/// An e-mail address as its owner writes it, without space around it. Two that differ by case only
/// are the same account.
///
/// @param value at most 254 characters (RFC 5321)
public record EmailAddress(String value) {
  public EmailAddress {
    value = value.strip();
  }

  /// The form that addresses are compared in.
  public String folded() {
    return value.toLowerCase(Locale.ROOT);
  }
}
