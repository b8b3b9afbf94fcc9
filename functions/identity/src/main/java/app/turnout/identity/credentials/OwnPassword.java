package app.turnout.identity.credentials;

import app.turnout.identity.accounts.Account;
import app.turnout.identity.accounts.AccountRepository;
import app.turnout.identity.passwords.Passwords;
import app.turnout.identity.sessions.RevokeSessions;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.security.Caller;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The password that somebody who is signed in gives again before what matters is done: an access
/// token alone may have been stolen.
@Singleton
final class OwnPassword {
  /// What it turned out to be.
  sealed interface Outcome {
    record Right(Account account) implements Outcome {}

    record Wrong() implements Outcome {}

    /// The account has none.
    record Missing() implements Outcome {}
  }

  private final Database database;
  private final AccountRepository accounts;
  private final Passwords passwords;
  private final RevokeSessions revokeSessions;
  private final InstantSource time;

  OwnPassword(
      Database database,
      AccountRepository accounts,
      Passwords passwords,
      RevokeSessions revokeSessions,
      InstantSource time) {
    this.database = database;
    this.accounts = accounts;
    this.passwords = passwords;
    this.revokeSessions = revokeSessions;
    this.time = time;
  }

  /// Takes long; call it outside of a transaction.
  Outcome check(Caller.User caller, String password) {
    @Nullable Account account =
        database.inTransaction(() -> accounts.find(caller.user())).orElse(null);
    if (account == null) {
      return new Outcome.Wrong();
    }
    if (account.passwordHash() == null) {
      return new Outcome.Missing();
    }
    return passwords.matches(password, account.passwordHash())
        ? new Outcome.Right(account)
        : new Outcome.Wrong();
  }

  /// The account, locked, if it is as it was when the password was right, and the caller's session
  /// is open still.
  Optional<Account> lockUnchanged(Caller.User caller, Account checked) {
    Optional<Account> account =
        accounts
            .lock(checked.id())
            .filter(
                found ->
                    found.mayLogIn()
                        && Objects.equals(found.passwordHash(), checked.passwordHash()));
    Instant now = time.instant();
    return account.filter(found -> revokeSessions.isOpen(caller.session(), found.id(), now));
  }
}
