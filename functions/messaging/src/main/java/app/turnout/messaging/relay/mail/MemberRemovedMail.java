package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;
import java.util.List;

/// Tells somebody that they do not belong to an organization any more.
@Singleton
final class MemberRemovedMail implements Delivery {
  private final Memberships memberships;
  private final Mailer mailer;

  MemberRemovedMail(Memberships memberships, Mailer mailer) {
    this.memberships = memberships;
    this.mailer = mailer;
  }

  @Override
  public String kind() {
    return "member_removed";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    return memberships
        .find(message.payloadId("organization_id"), message.payloadId("user_id"))
        .filter(membership -> membership.role() == null)
        .map(membership -> mailer.send(message.id(), membership.email(), letter(membership)))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("they are a member again, or one is gone"));
  }

  private static Letter letter(Memberships.Membership membership) {
    Phrases phrases = Phrases.in(membership.locale());
    return new Letter(
        phrases.language(),
        phrases.get("removed.subject").replace("{organization}", membership.organization()),
        List.of(
            new Letter.Part.Paragraph(
                phrases.get("removed.what").replace("{organization}", membership.organization()))));
  }
}
