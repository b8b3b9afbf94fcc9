package app.turnout.identity.oauth;

import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DerivedTokens;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;

/// All that must not be guessed of an attempt, derived from its id: nothing of it is stored.
@Singleton
final class AttemptSecrets {
  private static final int STATE = 1;
  private static final int BROWSER = 2;
  private static final int VERIFIER = 3;
  private static final int NONCE = 4;
  private static final int CODE = 5;

  private final DerivedTokens tokens;

  AttemptSecrets(Secrets secrets) {
    this.tokens = new DerivedTokens(secrets.get("oauth-attempt-key"));
  }

  /// Goes with the browser to the provider and back.
  String state(UUID attempt) {
    return tokens.token(attempt, STATE);
  }

  /// Stays with the browser: what comes back by another one is not taken.
  String browser(UUID attempt) {
    return tokens.token(attempt, BROWSER);
  }

  /// The code verifier towards the provider (RFC 7636).
  String verifier(UUID attempt) {
    return tokens.token(attempt, VERIFIER);
  }

  /// Comes back within the ID token.
  String nonce(UUID attempt) {
    return tokens.token(attempt, NONCE);
  }

  /// What the app redeems.
  String code(UUID attempt) {
    return tokens.token(attempt, CODE);
  }

  Optional<UUID> attemptOfState(String state) {
    return attempt(state, STATE);
  }

  Optional<UUID> attemptOfCode(String code) {
    return attempt(code, CODE);
  }

  boolean isBrowser(UUID attempt, String given) {
    return MessageDigest.isEqual(
        browser(attempt).getBytes(StandardCharsets.US_ASCII),
        given.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<UUID> attempt(String token, int kind) {
    return tokens
        .verify(token)
        .filter(name -> name.generation() == kind)
        .map(DerivedTokens.Name::id);
  }
}
