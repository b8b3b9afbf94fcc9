package app.turnout.identity.sessions;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.security.Caller;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Lets a session act in another organization of its user, or an administrator's in any, from this
/// access token on and after each refresh.
@Singleton
final class SwitchOrganization {
  /// What came of it.
  sealed interface Outcome {
    record Switched(AccessToken token) implements Outcome {}

    record NotAMember() implements Outcome {}

    /// The session was revoked or is over.
    record SessionEnded() implements Outcome {}
  }

  private final SessionRepository sessions;
  private final MembershipRepository memberships;
  private final SessionTokens tokens;
  private final InstantSource time;

  SwitchOrganization(
      SessionRepository sessions,
      MembershipRepository memberships,
      SessionTokens tokens,
      InstantSource time) {
    this.sessions = sessions;
    this.memberships = memberships;
    this.tokens = tokens;
    this.time = time;
  }

  Outcome switchTo(Caller.User caller, OrganizationId organization) {
    @Nullable Session session = sessions.lock(caller.session()).orElse(null);
    Instant now = time.instant();
    if (session == null || !session.isOpen(now) || !session.user().equals(caller.user())) {
      return new Outcome.SessionEnded();
    }
    if (!memberships.mayEnter(caller.user(), caller.session(), organization)) {
      return new Outcome.NotAMember();
    }
    Session switched = session.in(organization);
    sessions.keep(switched, tokens.hash(switched));
    return new Outcome.Switched(tokens.access(switched, now));
  }
}
