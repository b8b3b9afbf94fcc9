package app.turnout.identity.sessions;

import app.turnout.domain.UserId;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;

/// Begins a session, in the organization that the user has belonged to the longest, if any.
@Singleton
public final class OpenSession {
  private static final int FIRST_GENERATION = 1;

  private final SessionRepository sessions;
  private final MembershipRepository memberships;
  private final SessionTokens tokens;
  private final SessionSettings settings;
  private final Ids ids;

  OpenSession(
      SessionRepository sessions,
      MembershipRepository memberships,
      SessionTokens tokens,
      SessionSettings settings,
      Ids ids) {
    this.sessions = sessions;
    this.memberships = memberships;
    this.tokens = tokens;
    this.settings = settings;
    this.ids = ids;
  }

  /// Must run in the transaction that has the account locked and saw that it may log in: what
  /// revokes all sessions locks it too, and finds this one.
  public Tokens open(UserId user, Device device, Instant now) {
    Session session =
        new Session(
            ids.next(),
            user,
            memberships.findFirst(user).orElse(null),
            FIRST_GENERATION,
            now,
            now.plus(settings.refreshToken()),
            false);
    sessions.add(session, tokens.hash(session), device, now);
    return tokens.of(session, now);
  }
}
