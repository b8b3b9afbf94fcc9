package app.turnout.identity.admins;

/// What came of wanting to be an administrator.
sealed interface Appointment {
  record Appointed() implements Appointment {}

  /// The token is not good, or not for this address.
  record TokenRefused() implements Appointment {}

  /// The address has no account that may log in with this password.
  record CredentialsRefused() implements Appointment {}

  /// An account is to be made, and it needs a name.
  record NameMissing() implements Appointment {}

  /// An account is to get this password, and it is too easy.
  ///
  /// @param fault for people
  record Guessable(String fault) implements Appointment {}
}
