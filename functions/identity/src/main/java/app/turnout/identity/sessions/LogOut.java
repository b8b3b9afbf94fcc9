package app.turnout.identity.sessions;

import app.turnout.domain.UserId;
import app.turnout.identity.accounts.AccountRepository;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.security.Caller;
import app.turnout.platform.tokens.DerivedTokens;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ends the session of whoever holds a token of it, or all sessions of its account. From the commit
/// on, access tokens and refresh tokens of what ended are refused.
@Singleton
final class LogOut {
  enum Outcome {
    /// It was open until now, or had ended before.
    LOGGED_OUT,

    /// No token of ours; or all sessions were to end, and the token opens none.
    REFUSED
  }

  private static final String BECAUSE = "logged_out";

  private final Database database;
  private final AccountRepository accounts;
  private final SessionRepository sessions;
  private final SessionTokens tokens;
  private final SessionSettings settings;
  private final AuditLog auditLog;
  private final InstantSource time;

  LogOut(
      Database database,
      AccountRepository accounts,
      SessionRepository sessions,
      SessionTokens tokens,
      SessionSettings settings,
      AuditLog auditLog,
      InstantSource time) {
    this.database = database;
    this.accounts = accounts;
    this.sessions = sessions;
    this.tokens = tokens;
    this.settings = settings;
    this.auditLog = auditLog;
    this.time = time;
  }

  /// By a valid access token, whether its session was revoked or not.
  Outcome byAccessToken(Caller.User holder, boolean all) {
    return database.inTransaction(() -> end(holder.session(), null, all));
  }

  /// By a refresh token. An old one ends its own session, as using it would; for all sessions it
  /// must be one that a refresh would take.
  Outcome byRefreshToken(String refreshToken, boolean all) {
    Optional<DerivedTokens.Name> name = tokens.verify(refreshToken);
    return name.isEmpty()
        ? Outcome.REFUSED
        : database.inTransaction(() -> end(name.get().id(), name.get().generation(), all));
  }

  private Outcome end(UUID id, @Nullable Integer generation, boolean all) {
    Optional<UserId> user = sessions.find(id).map(Session::user);
    if (user.isEmpty()) {
      // Cleanup has removed it, long after it ended.
      return all ? Outcome.REFUSED : Outcome.LOGGED_OUT;
    }
    return all ? endAll(user.get(), id, generation) : endOne(user.get(), id);
  }

  private Outcome endOne(UserId user, UUID id) {
    if (sessions.revoke(id, BECAUSE, time.instant())) {
      auditLog.recordAs(
          user, new AuditEntry(null, "session.logged_out", "session", id, null, null));
    }
    return Outcome.LOGGED_OUT;
  }

  /// The account is locked first: who logs in meanwhile waits for this, or is found.
  private Outcome endAll(UserId user, UUID id, @Nullable Integer generation) {
    accounts.lock(user);
    Optional<Session> session = sessions.lock(id);
    Instant now = time.instant();
    if (session.isEmpty() || !session.get().isOpen(now)) {
      return Outcome.REFUSED;
    }
    if (generation != null && !isCurrent(session.get(), generation, now)) {
      endOne(user, id);
      return Outcome.REFUSED;
    }
    int ended = sessions.revokeAll(user, null, BECAUSE, now);
    auditLog.recordAs(
        user,
        new AuditEntry(
            null,
            "sessions.logged_out",
            "user",
            user.value(),
            null,
            Map.of("sessions_ended", ended)));
    return Outcome.LOGGED_OUT;
  }

  private boolean isCurrent(Session session, int generation, Instant now) {
    return generation == session.generation()
        || session.isGraceFor(generation, now, settings.grace());
  }
}
