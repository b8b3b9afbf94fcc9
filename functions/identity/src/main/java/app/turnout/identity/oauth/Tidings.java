package app.turnout.identity.oauth;

import java.util.Locale;

/// What the app is told instead of a code, as `error` in the fragment.
enum Tidings {
  /// They said no at the provider.
  ACCESS_DENIED,

  /// They took too long, or came back twice.
  ATTEMPT_EXPIRED,

  /// The provider does not answer; trying again later may help.
  TEMPORARILY_UNAVAILABLE,

  /// What came back is not to be believed, or the provider refused it.
  LOGIN_FAILED,

  /// The provider has no address of theirs that it verified.
  EMAIL_NOT_VERIFIED,

  /// There is an account with that address, and a mail asks its owner whether to link it.
  CONFIRMATION_MAILED,

  /// The account is closed.
  ACCOUNT_DEACTIVATED,

  /// The owner of the account was asked too often already.
  TOO_MANY_ATTEMPTS;

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
