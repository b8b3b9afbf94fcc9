package app.turnout.identity.oauth;

import app.turnout.domain.UserId;
import app.turnout.identity.sessions.Device;
import app.turnout.identity.sessions.OpenSession;
import app.turnout.identity.sessions.Tokens;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/// Opens a session for a code, once, for the app that began the attempt.
@Singleton
final class RedeemLogin {
  private final Database database;
  private final AttemptRepository attempts;
  private final CodeReader codes;
  private final ExternalAccountRepository accounts;
  private final OpenSession openSession;
  private final InstantSource time;

  RedeemLogin(
      Database database,
      AttemptRepository attempts,
      CodeReader codes,
      ExternalAccountRepository accounts,
      OpenSession openSession,
      InstantSource time) {
    this.database = database;
    this.attempts = attempts;
    this.codes = codes;
    this.accounts = accounts;
    this.openSession = openSession;
    this.time = time;
  }

  /// Empty when the code is not good, or not with this verifier, or the account was closed.
  Optional<Tokens> redeem(RedeemRequest request, Device device) {
    return codes.read(request).flatMap(code -> database.inTransaction(() -> redeem(code, device)));
  }

  private Optional<Tokens> redeem(CodeReader.Code code, Device device) {
    return attempts
        .redeemLogin(code.attempt(), code.challenge(), time.instant())
        .filter(this::isOpen)
        .map(user -> openSession.open(user, device, time.instant()));
  }

  /// Locks the account: who closes it ends this session too.
  private boolean isOpen(UserId user) {
    return accounts
        .lock(user)
        .filter(ExternalAccountRepository.ExternalAccount::isOpen)
        .isPresent();
  }
}
