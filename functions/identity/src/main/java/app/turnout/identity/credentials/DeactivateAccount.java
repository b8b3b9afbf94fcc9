package app.turnout.identity.credentials;

import app.turnout.identity.accounts.Account;
import app.turnout.identity.accounts.AccountMail;
import app.turnout.identity.accounts.AccountRepository;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.security.Caller;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Closes the caller's account. Their memberships stay, and open nothing; for a while a password
/// reset gives all of it back, then cleanup removes it. The last owner of an organization stays.
@Singleton
final class DeactivateAccount {
  /// What came of it.
  sealed interface Outcome {
    record Deactivated() implements Outcome {}

    record WrongPassword() implements Outcome {}

    record NoPassword() implements Outcome {}

    /// Nobody else owns these.
    ///
    /// @param organizations names of those that would have no owner
    record LastOwner(List<String> organizations) implements Outcome {
      public LastOwner {
        organizations = List.copyOf(organizations);
      }
    }

    /// Or the password was changed meanwhile.
    record SessionEnded() implements Outcome {}
  }

  private final Database database;
  private final OwnPassword ownPassword;
  private final AccountRepository accounts;
  private final CloseAccount closeAccount;
  private final AccountMail mail;
  private final InstantSource time;

  DeactivateAccount(
      Database database,
      OwnPassword ownPassword,
      AccountRepository accounts,
      CloseAccount closeAccount,
      AccountMail mail,
      InstantSource time) {
    this.database = database;
    this.ownPassword = ownPassword;
    this.accounts = accounts;
    this.closeAccount = closeAccount;
    this.mail = mail;
    this.time = time;
  }

  Outcome deactivate(Caller.User caller, String password) {
    return switch (ownPassword.check(caller, password)) {
      case OwnPassword.Outcome.Right(Account account) -> deactivate(caller, account);
      case OwnPassword.Outcome.Wrong() -> new Outcome.WrongPassword();
      case OwnPassword.Outcome.Missing() -> new Outcome.NoPassword();
    };
  }

  private Outcome deactivate(Caller.User caller, Account checked) {
    Outcome outcome =
        database.inTransaction(
            () ->
                ownPassword
                    .lockUnchanged(caller, checked)
                    .map(account -> deactivate(account, time.instant()))
                    .orElseGet(Outcome.SessionEnded::new));
    if (outcome instanceof Outcome.Deactivated) {
      mail.leave();
    }
    return outcome;
  }

  private Outcome deactivate(Account account, Instant now) {
    List<String> ownedAlone = accounts.listOrganizationsOwnedAlone(account.id());
    if (!ownedAlone.isEmpty()) {
      return new Outcome.LastOwner(ownedAlone);
    }
    closeAccount.close(account.id(), now);
    mail.tellDeactivated(account.id());
    return new Outcome.Deactivated();
  }
}
