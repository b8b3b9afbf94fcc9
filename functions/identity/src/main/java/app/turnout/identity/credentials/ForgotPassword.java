package app.turnout.identity.credentials;

import app.turnout.domain.UserId;
import app.turnout.identity.accounts.Account;
import app.turnout.identity.accounts.AccountMail;
import app.turnout.identity.accounts.AccountRepository;
import app.turnout.identity.accounts.EmailAddress;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Mails the token that sets a new password. Whether anybody has the address makes no difference
/// here: the same rows are written and the same relay is woken, which finds that there is nobody to
/// write to.
@Singleton
final class ForgotPassword {
  private final Database database;
  private final AccountRepository accounts;
  private final PasswordResetRepository resets;
  private final AccountMail mail;
  private final InstantSource time;

  ForgotPassword(
      Database database,
      AccountRepository accounts,
      PasswordResetRepository resets,
      AccountMail mail,
      InstantSource time) {
    this.database = database;
    this.accounts = accounts;
    this.resets = resets;
    this.mail = mail;
    this.time = time;
  }

  void ask(EmailAddress email) {
    database.run(
        () -> {
          @Nullable UserId owner = accounts.lock(email).map(Account::id).orElse(null);
          mail.sendReset(owner, resets.addNewest(owner, time.instant()));
        });
    mail.leave();
  }
}
