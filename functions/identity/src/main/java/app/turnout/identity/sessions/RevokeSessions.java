package app.turnout.identity.sessions;

import app.turnout.domain.UserId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;

/// Ends sessions of a user whose account is locked by this transaction: their refresh tokens and
/// access tokens are refused from its commit on.
@Singleton
public final class RevokeSessions {
  private final SessionRepository sessions;

  RevokeSessions(SessionRepository sessions) {
    this.sessions = sessions;
  }

  /// How many there were.
  ///
  /// @param because lower snake case
  public int all(UserId user, String because, Instant now) {
    return sessions.revokeAll(user, null, because, now);
  }

  /// How many there were.
  ///
  /// @param kept the session that goes on
  public int allBut(UUID kept, UserId user, String because, Instant now) {
    return sessions.revokeAll(user, kept, because, now);
  }

  /// Whether this session of the user is open still; locks it.
  public boolean isOpen(UUID session, UserId user, Instant now) {
    return sessions
        .lock(session)
        .filter(found -> found.isOpen(now) && found.user().equals(user))
        .isPresent();
  }
}
