package app.turnout.identity.credentials;

import app.turnout.identity.accounts.Account;
import app.turnout.identity.accounts.AccountRepository;
import app.turnout.identity.passwords.PasswordRules;
import app.turnout.identity.passwords.Passwords;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Sets a new password by the token that was mailed, and ends every session. An account without a
/// password gets its first one; one that was deactivated not long ago is active again. An address
/// that was never verified stays so, and its account has no token.
@Singleton
final class ResetPassword {
  /// What came of it.
  sealed interface Outcome {
    record Done() implements Outcome {}

    /// The token stays good.
    ///
    /// @param fault of the password, for people
    record Guessable(String fault) implements Outcome {}

    /// Not a token of ours, or used, or expired, or a newer one was mailed.
    record Refused() implements Outcome {}
  }

  private record Found(PasswordResetRepository.Open reset, Account account) {}

  private final Database database;
  private final AccountRepository accounts;
  private final PasswordResetRepository resets;
  private final PasswordRules rules;
  private final Passwords passwords;
  private final SetPassword setPassword;
  private final CredentialSettings settings;
  private final InstantSource time;

  ResetPassword(
      Database database,
      AccountRepository accounts,
      PasswordResetRepository resets,
      PasswordRules rules,
      Passwords passwords,
      SetPassword setPassword,
      CredentialSettings settings,
      InstantSource time) {
    this.database = database;
    this.accounts = accounts;
    this.resets = resets;
    this.rules = rules;
    this.passwords = passwords;
    this.setPassword = setPassword;
    this.settings = settings;
    this.time = time;
  }

  Outcome reset(String token, String password) {
    Optional<Found> found = database.inTransaction(() -> find(token, time.instant()));
    if (found.isEmpty()) {
      return new Outcome.Refused();
    }
    Optional<String> fault = rules.fault(password, found.get().account().email().value());
    if (fault.isPresent()) {
      return new Outcome.Guessable(fault.get());
    }
    String hash = passwords.hash(password);
    Outcome outcome = database.inTransaction(() -> complete(found.get().reset(), hash));
    if (outcome instanceof Outcome.Done) {
      setPassword.leave();
    }
    return outcome;
  }

  private Optional<Found> find(String token, Instant now) {
    return resets
        .find(token, now)
        .flatMap(
            reset ->
                accounts
                    .find(reset.user())
                    .filter(account -> mayReset(account, now))
                    .map(account -> new Found(reset, account)));
  }

  /// Looks again, now that nobody can come between.
  private Outcome complete(PasswordResetRepository.Open reset, String hash) {
    Optional<Account> account = accounts.lock(reset.user());
    Instant now = time.instant();
    if (account.filter(found -> mayReset(found, now)).isEmpty() || !resets.use(reset.id(), now)) {
      return new Outcome.Refused();
    }
    setPassword.byReset(account.get(), hash, now);
    return new Outcome.Done();
  }

  private boolean mayReset(Account account, Instant now) {
    Instant deactivatedAt = account.deactivatedAt();
    return account.isVerified()
        && (deactivatedAt == null || now.isBefore(deactivatedAt.plus(settings.reactivation())));
  }
}
