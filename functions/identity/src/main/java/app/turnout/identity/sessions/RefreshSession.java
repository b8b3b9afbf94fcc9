package app.turnout.identity.sessions;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.tokens.DerivedTokens;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Exchanges a refresh token for its successor. The session's row lock decides who is first.
@Singleton
final class RefreshSession {
  /// What came of it. A refusal commits too: it may have revoked the session.
  sealed interface Outcome {
    record Refreshed(Tokens tokens) implements Outcome {}

    record Refused() implements Outcome {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(RefreshSession.class);

  private final Database database;
  private final SessionRepository sessions;
  private final MembershipRepository memberships;
  private final SessionTokens tokens;
  private final SessionSettings settings;
  private final AuditLog auditLog;
  private final InstantSource time;

  RefreshSession(
      Database database,
      SessionRepository sessions,
      MembershipRepository memberships,
      SessionTokens tokens,
      SessionSettings settings,
      AuditLog auditLog,
      InstantSource time) {
    this.database = database;
    this.sessions = sessions;
    this.memberships = memberships;
    this.tokens = tokens;
    this.settings = settings;
    this.auditLog = auditLog;
    this.time = time;
  }

  /// The newest token is rotated. The one before it gives the same successor for a short while,
  /// since phones retry. Any older one was stolen, or its successor was: the session ends for both.
  Outcome refresh(String refreshToken, Device device) {
    return tokens
        .verify(refreshToken)
        .map(name -> database.inTransaction(() -> refresh(name, device)))
        .orElseGet(Outcome.Refused::new);
  }

  private Outcome refresh(DerivedTokens.Name name, Device device) {
    @Nullable Session session = sessions.lock(name.id()).orElse(null);
    // After the lock: waiting for it takes time.
    Instant now = time.instant();
    if (session == null || !session.isOpen(now)) {
      return new Outcome.Refused();
    }
    if (name.generation() == session.generation()) {
      Session rotated = inOwnOrganization(session).rotated(now, settings.refreshToken());
      sessions.keep(rotated, tokens.hash(rotated));
      sessions.keepDevice(rotated.id(), device);
      return new Outcome.Refreshed(tokens.of(rotated, now));
    }
    if (session.isGraceFor(name.generation(), now, settings.grace())) {
      return new Outcome.Refreshed(tokens.of(inOwnOrganization(session), now));
    }
    sessions.revoke(session.id(), "refresh_token_reused", now);
    auditLog.recordAs(
        session.user(),
        new AuditEntry(null, "session.refresh_token_reused", "session", session.id(), null, null));
    LOG.warn("Session {} is revoked: an old refresh token was used again", session.id());
    return new Outcome.Refused();
  }

  /// Who may not act there any more is in no organization.
  private Session inOwnOrganization(Session session) {
    OrganizationId organization = session.organization();
    return organization == null || memberships.mayEnter(session.user(), session.id(), organization)
        ? session
        : session.in(null);
  }
}
