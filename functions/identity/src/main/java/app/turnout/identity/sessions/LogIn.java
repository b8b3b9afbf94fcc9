package app.turnout.identity.sessions;

import app.turnout.domain.UserId;
import app.turnout.identity.accounts.Account;
import app.turnout.identity.accounts.AccountRepository;
import app.turnout.identity.accounts.EmailAddress;
import app.turnout.identity.passwords.Passwords;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Opens a session for who knows the password of a verified account that is not deactivated.
/// Unknown address, wrong password, unverified address, deactivated account and account without a
/// password end alike, after the same work.
@Singleton
public final class LogIn {
  /// What came of it.
  public sealed interface Outcome {
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

  Outcome logIn(EmailAddress email, String password, Device device) {
    return logIn(email, password, device, anybody -> true);
  }

  /// As above, and only for some: who is none of them is refused as if the password were wrong.
  ///
  /// @param admitted is asked in the transaction that opens the session
  public Outcome logIn(
      EmailAddress email, String password, Device device, Predicate<UserId> admitted) {
    @Nullable Account account = database.inTransaction(() -> accounts.find(email)).orElse(null);
    @Nullable String hash = account == null ? null : account.passwordHash();
    boolean isRight = passwords.matches(password, hash);
    if (account == null || hash == null || !isRight || !account.mayLogIn()) {
      return new Outcome.Refused();
    }
    Optional<String> newHash =
        passwords.isOutdated(hash) ? Optional.of(passwords.hash(password)) : Optional.empty();
    return database.inTransaction(
        () -> {
          Optional<Account> unchanged =
              accounts
                  .lock(account.id())
                  .filter(found -> found.mayLogIn() && Objects.equals(found.passwordHash(), hash))
                  .filter(found -> admitted.test(found.id()));
          return unchanged
              .map(found -> open(found, newHash, device, time.instant()))
              .orElseGet(Outcome.Refused::new);
        });
  }

  /// The account is as it was when the password was compared, which took a while: whoever changes
  /// the password or leaves in that time ends this login too.
  private Outcome open(Account account, Optional<String> newHash, Device device, Instant now) {
    newHash.ifPresent(hash -> accounts.setPassword(account.id(), hash, now));
    return new Outcome.LoggedIn(openSession.open(account.id(), device, now));
  }
}
