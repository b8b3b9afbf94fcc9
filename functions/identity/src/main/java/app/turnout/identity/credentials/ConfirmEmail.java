package app.turnout.identity.credentials;

import app.turnout.identity.accounts.Account;
import app.turnout.identity.accounts.AccountMail;
import app.turnout.identity.accounts.AccountRepository;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Makes the address that a token was mailed to the account's. The former one is told.
@Singleton
final class ConfirmEmail {
  enum Outcome {
    CONFIRMED,

    /// Not a token of ours, or used, or expired, or a newer one was mailed.
    REFUSED,

    /// The address has another account by now. Whoever holds its token may know.
    TAKEN
  }

  private final Database database;
  private final AccountRepository accounts;
  private final EmailChangeRepository changes;
  private final PasswordResetRepository resets;
  private final AccountMail mail;
  private final AuditLog auditLog;
  private final InstantSource time;

  ConfirmEmail(
      Database database,
      AccountRepository accounts,
      EmailChangeRepository changes,
      PasswordResetRepository resets,
      AccountMail mail,
      AuditLog auditLog,
      InstantSource time) {
    this.database = database;
    this.accounts = accounts;
    this.changes = changes;
    this.resets = resets;
    this.mail = mail;
    this.auditLog = auditLog;
    this.time = time;
  }

  Outcome confirm(String token) {
    Outcome outcome =
        database.inTransaction(
            () -> {
              // Once to know whose it is, and once that account is locked, to know that it is open.
              Optional<Account> account =
                  changes
                      .find(token, time.instant())
                      .flatMap(change -> accounts.lock(change.user()))
                      .filter(Account::mayLogIn);
              Instant now = time.instant();
              return account
                  .flatMap(found -> changes.find(token, now))
                  .map(change -> confirm(account.get(), change, now))
                  .orElse(Outcome.REFUSED);
            });
    if (outcome == Outcome.CONFIRMED) {
      mail.leave();
    }
    return outcome;
  }

  private Outcome confirm(Account account, EmailChangeRepository.Open change, Instant now) {
    if (!accounts.changeEmail(account.id(), change.newEmail(), now)) {
      return Outcome.TAKEN;
    }
    changes.use(change.id(), now);
    // Those were mailed to the former address.
    resets.closeAll(account.id(), now);
    mail.tellEmailChanged(account.id(), change.id());
    auditLog.recordAs(
        account.id(),
        new AuditEntry(
            null,
            "email.changed",
            "user",
            account.id().value(),
            Map.of("email", account.email().value()),
            Map.of("email", change.newEmail().value())));
    return Outcome.CONFIRMED;
  }
}
