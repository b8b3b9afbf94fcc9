package app.turnout.identity.admins;

import app.turnout.domain.UserId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/// Takes an administrator's powers, from the next request on. Of two who dismiss each other at
/// once, one does.
@Singleton
final class DismissAdmin {
  enum Outcome {
    DISMISSED,

    /// The caller was dismissed in the meantime.
    NOT_ALLOWED,

    /// No such administrator.
    NOT_FOUND,

    /// There would be none left.
    LAST
  }

  private final AdminRepository admins;
  private final AuditLog auditLog;
  private final InstantSource time;

  DismissAdmin(AdminRepository admins, AuditLog auditLog, InstantSource time) {
    this.admins = admins;
    this.auditLog = auditLog;
    this.time = time;
  }

  Outcome dismiss(UserId caller, UserId admin) {
    admins.lock();
    if (!admins.isAdmin(caller)) {
      return Outcome.NOT_ALLOWED;
    }
    if (!admins.isAppointed(admin)) {
      return Outcome.NOT_FOUND;
    }
    if (!admins.dismissUnlessLast(admin, time.instant())) {
      return Outcome.LAST;
    }
    auditLog.record(
        new AuditEntry(null, "super_admin.dismissed", "user", admin.value(), null, null));
    return Outcome.DISMISSED;
  }
}
