package app.turnout.identity.sessions;

import app.turnout.identity.accounts.Account;
import app.turnout.identity.accounts.AccountRepository;
import app.turnout.identity.accounts.EmailAddress;
import app.turnout.identity.passwords.Passwords;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens a session for who knows the password of a verified account. Unknown address, wrong
/// password and unverified address end alike, after the same work.
@Singleton
final class LogIn {
  /// What came of it.
  sealed interface Outcome {
    record LoggedIn(Tokens tokens) implements Outcome {}

    record Refused() implements Outcome {}
  }

  private final Database database;
  private final AccountRepository accounts;
  private final Passwords passwords;
  private final OpenSession openSession;
  private final InstantSource time;

  LogIn(
      Database database,
      AccountRepository accounts,
      Passwords passwords,
      OpenSession openSession,
      InstantSource time) {
    this.database = database;
    this.accounts = accounts;
    this.passwords = passwords;
    this.openSession = openSession;
    this.time = time;
  }

  Outcome logIn(EmailAddress email, String password) {
    @Nullable Account account = database.inTransaction(() -> accounts.find(email)).orElse(null);
    boolean isRight = passwords.matches(password, account == null ? null : account.passwordHash());
    if (account == null || !isRight || !account.isVerified()) {
      return new Outcome.Refused();
    }
    Optional<String> newHash =
        passwords.isOutdated(account.passwordHash())
            ? Optional.of(passwords.hash(password))
            : Optional.empty();
    Instant now = time.instant();
    return database.inTransaction(
        () -> {
          newHash.ifPresent(hash -> accounts.renewPasswordHash(account, hash, now));
          return new Outcome.LoggedIn(openSession.open(account.id(), now));
        });
  }
}
