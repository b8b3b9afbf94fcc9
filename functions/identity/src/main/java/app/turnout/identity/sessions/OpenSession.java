package app.turnout.identity.sessions;

import app.turnout.domain.UserId;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;

/// Begins a session, in the organization that the user has belonged to the longest, if any.
@Singleton
final class OpenSession {
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

  Tokens open(UserId user, Instant now) {
    Session session =
        new Session(
            ids.next(),
            user,
            memberships.findFirst(user).orElse(null),
            FIRST_GENERATION,
            now,
            now.plus(settings.refreshToken()),
            false);
    sessions.add(session, tokens.hash(session), now);
    return tokens.of(session, now);
  }
}
