package app.turnout.organizations.invitations;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import app.turnout.platform.ratelimit.RateLimit;
import app.turnout.platform.ratelimit.RateLimits;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// Mails to people who may never have heard of us: rows of the transaction, which the relay writes
/// out, and not too many of them.
@Singleton
final class InvitationMail {
  private final Outbox outbox;
  private final OutboxNudge nudge;
  private final RateLimits rateLimits;
  private final RateLimit byInviter;
  private final RateLimit toAddress;

  InvitationMail(
      Outbox outbox, OutboxNudge nudge, RateLimits rateLimits, InvitationSettings settings) {
    this.outbox = outbox;
    this.nudge = nudge;
    this.rateLimits = rateLimits;
    this.byInviter = RateLimit.parse("invitations", settings.mailsByInviter());
    this.toAddress = RateLimit.parse("invitations-to", settings.mailsToAddress());
  }

  /// Carries the token.
  ///
  /// @throws app.turnout.platform.problem.ProblemException `rate_limited`
  void send(OrganizationId organization, UserId sender, String address, UUID invitation) {
    rateLimits.count(byInviter, sender.toString());
    rateLimits.count(toAddress, address.toLowerCase(Locale.ROOT));
    outbox.write(
        organization,
        "organization_invitation",
        "invitation:" + invitation,
        Map.of("invitation_id", invitation));
    nudge.wakeRelay();
  }
}
