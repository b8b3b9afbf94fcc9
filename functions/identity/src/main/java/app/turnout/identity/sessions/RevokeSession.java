package app.turnout.identity.sessions;

import app.turnout.domain.UserId;
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
  private final InstantSource time;

  RevokeSession(SessionRepository sessions, InstantSource time) {
    this.sessions = sessions;
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
    return Outcome.REVOKED;
  }
}
