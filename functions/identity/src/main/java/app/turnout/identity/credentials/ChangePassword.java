package app.turnout.identity.credentials;

import app.turnout.identity.accounts.Account;
import app.turnout.identity.passwords.PasswordRules;
import app.turnout.identity.passwords.Passwords;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.security.Caller;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/// Changes the caller's password, and ends all sessions but theirs.
@Singleton
final class ChangePassword {
  /// What came of it.
  sealed interface Outcome {
    record Changed() implements Outcome {}

    record WrongPassword() implements Outcome {}

    record NoPassword() implements Outcome {}

    /// The new one is too easy.
    ///
    /// @param fault of the new password, for people
    record Guessable(String fault) implements Outcome {}

    /// Or the password was changed meanwhile.
    record SessionEnded() implements Outcome {}
  }

  private final Database database;
  private final OwnPassword ownPassword;
  private final PasswordRules rules;
  private final Passwords passwords;
  private final SetPassword setPassword;
  private final InstantSource time;

  ChangePassword(
      Database database,
      OwnPassword ownPassword,
      PasswordRules rules,
      Passwords passwords,
      SetPassword setPassword,
      InstantSource time) {
    this.database = database;
    this.ownPassword = ownPassword;
    this.rules = rules;
    this.passwords = passwords;
    this.setPassword = setPassword;
    this.time = time;
  }

  Outcome change(Caller.User caller, String current, String next) {
    return switch (ownPassword.check(caller, current)) {
      case OwnPassword.Outcome.Right(Account account) -> change(caller, account, next);
      case OwnPassword.Outcome.Wrong() -> new Outcome.WrongPassword();
      case OwnPassword.Outcome.Missing() -> new Outcome.NoPassword();
    };
  }

  private Outcome change(Caller.User caller, Account checked, String next) {
    Optional<String> fault = rules.fault(next, checked.email().value());
    if (fault.isPresent()) {
      return new Outcome.Guessable(fault.get());
    }
    String hash = passwords.hash(next);
    Outcome outcome =
        database.inTransaction(
            () ->
                ownPassword
                    .lockUnchanged(caller, checked)
                    .map(account -> set(account, hash, caller))
                    .orElseGet(Outcome.SessionEnded::new));
    if (outcome instanceof Outcome.Changed) {
      setPassword.leave();
    }
    return outcome;
  }

  private Outcome set(Account account, String hash, Caller.User caller) {
    setPassword.byOwner(account, hash, caller.session(), time.instant());
    return new Outcome.Changed();
  }
}
