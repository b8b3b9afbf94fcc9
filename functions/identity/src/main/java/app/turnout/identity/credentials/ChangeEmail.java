package app.turnout.identity.credentials;

import app.turnout.identity.accounts.Account;
import app.turnout.identity.accounts.AccountMail;
import app.turnout.identity.accounts.EmailAddress;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.security.Caller;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/// Mails a token to the address that the caller's account is to have, and word to the one it has.
/// Whether the new one has an account already, the caller does not learn; the mail to it tells.
@Singleton
final class ChangeEmail {
  enum Outcome {
    ASKED,
    SAME_ADDRESS,
    WRONG_PASSWORD,
    NO_PASSWORD,

    /// Or the password was changed meanwhile.
    SESSION_ENDED
  }

  private final Database database;
  private final OwnPassword ownPassword;
  private final EmailChangeRepository changes;
  private final AccountMail mail;
  private final AuditLog auditLog;
  private final InstantSource time;

  ChangeEmail(
      Database database,
      OwnPassword ownPassword,
      EmailChangeRepository changes,
      AccountMail mail,
      AuditLog auditLog,
      InstantSource time) {
    this.database = database;
    this.ownPassword = ownPassword;
    this.changes = changes;
    this.mail = mail;
    this.auditLog = auditLog;
    this.time = time;
  }

  Outcome change(Caller.User caller, String password, EmailAddress newEmail) {
    return switch (ownPassword.check(caller, password)) {
      case OwnPassword.Outcome.Right(Account account) -> change(caller, account, newEmail);
      case OwnPassword.Outcome.Wrong() -> Outcome.WRONG_PASSWORD;
      case OwnPassword.Outcome.Missing() -> Outcome.NO_PASSWORD;
    };
  }

  private Outcome change(Caller.User caller, Account checked, EmailAddress newEmail) {
    if (newEmail.equals(checked.email())) {
      return Outcome.SAME_ADDRESS;
    }
    Outcome outcome =
        database.inTransaction(
            () ->
                ownPassword
                    .lockUnchanged(caller, checked)
                    .map(account -> ask(account, newEmail, time.instant()))
                    .orElse(Outcome.SESSION_ENDED));
    mail.leave();
    return outcome;
  }

  private Outcome ask(Account account, EmailAddress newEmail, Instant now) {
    UUID change = changes.addNewest(account, newEmail, now);
    mail.askToConfirmEmail(account.id(), change);
    mail.tellOfEmailChange(account.id(), change);
    auditLog.record(
        new AuditEntry(
            null,
            "email.change_requested",
            "user",
            account.id().value(),
            Map.of("email", account.email().value()),
            Map.of("email", newEmail.value())));
    return Outcome.ASKED;
  }
}
