package app.turnout.identity.oauth;

import app.turnout.identity.oauth.providers.Provider;
import java.util.Locale;
import java.util.UUID;

/// A way to a provider and back.
///
/// @param redirectUri where the browser goes in the end
/// @param codeChallenge of the app that began it, and alone can redeem the code
/// @param locale of whoever gets an account by it
record Attempt(
    UUID id,
    Provider provider,
    Purpose purpose,
    String redirectUri,
    String codeChallenge,
    String locale) {
  /// What the code is for.
  enum Purpose {
    /// To begin a session.
    LOGIN,

    /// To link the identity to the account that redeems it.
    LINK;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Purpose fromWire(String wire) {
      return valueOf(wire.toUpperCase(Locale.ROOT));
    }
  }
}
