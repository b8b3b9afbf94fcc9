package app.turnout.identity.credentials;

import app.turnout.domain.UserId;
import app.turnout.identity.accounts.AccountRepository;
import app.turnout.identity.sessions.RevokeSessions;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;

/// Closes an account that is locked: nothing that was begun with it goes on.
@Singleton
final class CloseAccount {
  private final AccountRepository accounts;
  private final PasswordResetRepository resets;
  private final EmailChangeRepository emailChanges;
  private final RevokeSessions revokeSessions;
  private final AuditLog auditLog;

  CloseAccount(
      AccountRepository accounts,
      PasswordResetRepository resets,
      EmailChangeRepository emailChanges,
      RevokeSessions revokeSessions,
      AuditLog auditLog) {
    this.accounts = accounts;
    this.resets = resets;
    this.emailChanges = emailChanges;
    this.revokeSessions = revokeSessions;
    this.auditLog = auditLog;
  }

  void close(UserId user, Instant now) {
    accounts.deactivate(user, now);
    resets.closeAll(user, now);
    emailChanges.closeAll(user, now);
    int ended = revokeSessions.all(user, "account_deactivated", now);
    auditLog.recordAs(
        user,
        new AuditEntry(
            null,
            "account.deactivated",
            "user",
            user.value(),
            null,
            Map.of("sessions_ended", ended)));
  }
}
