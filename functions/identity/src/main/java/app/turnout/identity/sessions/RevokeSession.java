package app.turnout.identity.sessions;

import app.turnout.domain.UserId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/// Ends one session, as its owner wishes from another.
@Singleton
final class RevokeSession {
  enum Outcome {
    REVOKED,

    /// Not there, over, or somebody else's.
    NO_SUCH_SESSION
  }

  private final SessionRepository sessions;
  private final AuditLog auditLog;
  private final InstantSource time;

  RevokeSession(SessionRepository sessions, AuditLog auditLog, InstantSource time) {
    this.sessions = sessions;
    this.auditLog = auditLog;
    this.time = time;
  }

  Outcome revoke(UserId owner, UUID id) {
    Instant now = time.instant();
    boolean isOpen =
        sessions
            .lock(id)
            .filter(session -> session.user().equals(owner) && session.isOpen(now))
            .isPresent();
    if (!isOpen) {
      return Outcome.NO_SUCH_SESSION;
    }
    sessions.revoke(id, "revoked_by_owner", now);
    auditLog.record(new AuditEntry(null, "session.revoked", "session", id, null, null));
    return Outcome.REVOKED;
  }
}
