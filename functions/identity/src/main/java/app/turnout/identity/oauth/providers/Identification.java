package app.turnout.identity.oauth.providers;

/// What came of asking a provider who somebody is. Reasons are logged: no personal data in them.
public sealed interface Identification {
  record Identified(Profile profile) implements Identification {}

  /// The provider knows them, and has no verified address of theirs.
  record EmailNotVerified() implements Identification {}

  /// The code is not good, or the answer is not one to believe. The same will not go better again;
  /// another attempt from the start may.
  record Refused(String reason) implements Identification {}

  /// The provider does not answer as it should; later it may. The code may be used up.
  record Unavailable(String reason) implements Identification {}
}
