package app.turnout.identity.oauth;

import app.turnout.identity.oauth.providers.CodeChallenge;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/// Reads the codes that apps redeem.
@Singleton
final class CodeReader {
  /// A code of ours.
  ///
  /// @param challenge of the verifier that came with it
  record Code(UUID attempt, String challenge) {}

  private final AttemptSecrets secrets;

  CodeReader(AttemptSecrets secrets) {
    this.secrets = secrets;
  }

  Optional<Code> read(RedeemRequest request) {
    return secrets
        .attemptOfCode(request.code())
        .map(attempt -> new Code(attempt, CodeChallenge.of(request.codeVerifier())));
  }
}
