package app.turnout.identity.sessions;

import app.turnout.domain.UserId;
import app.turnout.identity.accounts.AccountRepository;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.security.Caller;
import app.turnout.platform.tokens.DerivedTokens;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
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
  private final InstantSource time;

  LogOut(
      Database database,
      AccountRepository accounts,
      SessionRepository sessions,
      SessionTokens tokens,
      SessionSettings settings,
      InstantSource time) {
    this.database = database;
    this.accounts = accounts;
    this.sessions = sessions;
    this.tokens = tokens;
    this.settings = settings;
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
    if (!all) {
      return endOne(id, time.instant());
    }
    // The account first: who logs in meanwhile waits for this, or is found.
    Optional<UserId> user = sessions.find(id).map(Session::user);
    user.ifPresent(accounts::lock);
    Optional<Session> session = sessions.lock(id);
    Instant now = time.instant();
    if (session.isEmpty() || !session.get().isOpen(now)) {
      return Outcome.REFUSED;
    }
    if (generation != null && !isCurrent(session.get(), generation, now)) {
      endOne(id, now);
      return Outcome.REFUSED;
    }
    sessions.revokeAll(session.get().user(), null, BECAUSE, now);
    return Outcome.LOGGED_OUT;
  }

  private Outcome endOne(UUID id, Instant now) {
    sessions.revoke(id, BECAUSE, now);
    return Outcome.LOGGED_OUT;
  }

  private boolean isCurrent(Session session, int generation, Instant now) {
    return generation == session.generation()
        || session.isGraceFor(generation, now, settings.grace());
  }
}
