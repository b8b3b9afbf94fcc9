package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;
import java.util.List;

/// Tells a member what they are now.
@Singleton
final class RoleChangedMail implements Delivery {
  private final Memberships memberships;
  private final Mailer mailer;

  RoleChangedMail(Memberships memberships, Mailer mailer) {
    this.memberships = memberships;
    this.mailer = mailer;
  }

  @Override
  public String kind() {
    return "member_role_changed";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    return memberships
        .find(message.payloadId("organization_id"), message.payloadId("user_id"))
        .filter(membership -> membership.role() != null)
        .map(membership -> mailer.send(message.id(), membership.email(), letter(membership)))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("they are no member any more"));
  }

  private static Letter letter(Memberships.Membership membership) {
    Phrases phrases = Phrases.in(membership.locale());
    return new Letter(
        phrases.language(),
        phrases.get("roleChanged.subject").replace("{organization}", membership.organization()),
        List.of(
            new Letter.Part.Paragraph(
                phrases
                    .get("roleChanged.what")
                    .replace("{role}", phrases.get("role." + membership.role()))
                    .replace("{organization}", membership.organization()))));
  }
}
