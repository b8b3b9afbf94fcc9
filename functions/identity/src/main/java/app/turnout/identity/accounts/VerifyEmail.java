package app.turnout.identity.accounts;

import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;

/// Completes a registration by the token that was mailed.
@Singleton
final class VerifyEmail {
  enum Outcome {
    VERIFIED,

    /// Not a token of ours, or expired, or another token was faster.
    REFUSED
  }

  private final Database database;
  private final VerificationRepository verifications;
  private final InstantSource time;

  VerifyEmail(Database database, VerificationRepository verifications, InstantSource time) {
    this.database = database;
    this.verifications = verifications;
    this.time = time;
  }

  /// A second click on the same link finds the address verified, and changes nothing.
  Outcome verify(String token) {
    return database.inTransaction(
        () ->
            verifications
                .lock(token)
                .map(pending -> complete(pending, time.instant()))
                .orElse(Outcome.REFUSED));
  }

  private Outcome complete(VerificationRepository.Pending pending, Instant now) {
    if (!now.isBefore(pending.expiresAt())) {
      return Outcome.REFUSED;
    }
    if (pending.isUsed()) {
      return Outcome.VERIFIED;
    }
    if (pending.isUserVerified()) {
      return Outcome.REFUSED;
    }
    verifications.complete(pending, now);
    return Outcome.VERIFIED;
  }
}
