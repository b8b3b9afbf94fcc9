package app.turnout.identity.sessions;

import app.turnout.domain.UserId;
import app.turnout.identity.accounts.Account;
import app.turnout.identity.accounts.AccountMail;
import app.turnout.identity.accounts.AccountRepository;
import app.turnout.identity.accounts.EmailAddress;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Tells an account's owner, and nobody else, that logins are refused for a while. The same work is
/// done for an address without an account.
@Singleton
public final class TellOfLock {
  private final Database database;
  private final AccountRepository accounts;
  private final AccountMail mail;

  TellOfLock(Database database, AccountRepository accounts, AccountMail mail) {
    this.database = database;
    this.accounts = accounts;
    this.mail = mail;
  }

  public void tell(EmailAddress email) {
    database.run(
        () -> {
          @Nullable UserId owner =
              accounts.find(email).filter(Account::mayLogIn).map(Account::id).orElse(null);
          mail.tellLocked(owner);
        });
    mail.leave();
  }
}
