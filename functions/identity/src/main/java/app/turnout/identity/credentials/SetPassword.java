package app.turnout.identity.credentials;

import app.turnout.identity.accounts.Account;
import app.turnout.identity.accounts.AccountMail;
import app.turnout.identity.accounts.AccountRepository;
import app.turnout.identity.sessions.RevokeSessions;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/// Gives an account that is locked another password, whatever the reason. What somebody else may
/// have begun with the old one ends: sessions, and mailed tokens that would change the password or
/// the address. The owner is told.
@Singleton
final class SetPassword {
  private final AccountRepository accounts;
  private final PasswordResetRepository resets;
  private final EmailChangeRepository emailChanges;
  private final RevokeSessions revokeSessions;
  private final AccountMail mail;
  private final AuditLog auditLog;

  SetPassword(
      AccountRepository accounts,
      PasswordResetRepository resets,
      EmailChangeRepository emailChanges,
      RevokeSessions revokeSessions,
      AccountMail mail,
      AuditLog auditLog) {
    this.accounts = accounts;
    this.resets = resets;
    this.emailChanges = emailChanges;
    this.revokeSessions = revokeSessions;
    this.mail = mail;
    this.auditLog = auditLog;
  }

  /// By the token that was mailed: every session ends, and a deactivated account is active again.
  void byReset(Account account, String passwordHash, Instant now) {
    if (account.deactivatedAt() != null) {
      accounts.reactivate(account.id(), now);
      record(account, "account.reactivated", Map.of());
    }
    set(account, passwordHash, now);
    int ended = revokeSessions.all(account.id(), "password_reset", now);
    record(account, "password.reset", Map.of("sessions_ended", ended));
  }

  /// By its owner, whose session goes on.
  void byOwner(Account account, String passwordHash, UUID session, Instant now) {
    set(account, passwordHash, now);
    int ended = revokeSessions.allBut(session, account.id(), "password_changed", now);
    record(account, "password.changed", Map.of("sessions_ended", ended));
  }

  /// Call it after the commit.
  void leave() {
    mail.leave();
  }

  private void set(Account account, String passwordHash, Instant now) {
    accounts.setPassword(account.id(), passwordHash, now);
    resets.closeAll(account.id(), now);
    emailChanges.closeAll(account.id(), now);
    mail.tellPasswordChanged(account.id());
  }

  private void record(Account account, String action, Map<String, Integer> after) {
    auditLog.recordAs(
        account.id(), new AuditEntry(null, action, "user", account.id().value(), null, after));
  }
}
