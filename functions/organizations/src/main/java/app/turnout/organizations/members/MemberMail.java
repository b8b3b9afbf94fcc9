package app.turnout.organizations.members;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import jakarta.inject.Singleton;
import java.util.Map;

/// Tells people what others made of their membership: rows of the transaction, which the relay
/// writes out.
@Singleton
public final class MemberMail {
  private final Outbox outbox;
  private final OutboxNudge nudge;

  MemberMail(Outbox outbox, OutboxNudge nudge) {
    this.outbox = outbox;
    this.nudge = nudge;
  }

  void tellOfRemoval(OrganizationId organization, UserId user) {
    write("member_removed", organization, user);
  }

  public void tellOfRole(OrganizationId organization, UserId user) {
    write("member_role_changed", organization, user);
  }

  private void write(String kind, OrganizationId organization, UserId user) {
    outbox.write(
        organization,
        kind,
        "user:" + user,
        Map.of("organization_id", organization.value(), "user_id", user.value()));
    nudge.wakeRelay();
  }
}
