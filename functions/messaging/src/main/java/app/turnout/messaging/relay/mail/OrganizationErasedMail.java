package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/// Tells who asked for it that an organization is erased, and where the receipt is.
@Singleton
final class OrganizationErasedMail implements Delivery {
  private final Recipients recipients;
  private final Mailer mailer;

  OrganizationErasedMail(Recipients recipients, Mailer mailer) {
    this.recipients = recipients;
    this.mailer = mailer;
  }

  @Override
  public String kind() {
    return "organization_erased";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    return recipients
        .findOwner(message.payloadId("user_id"))
        .map(
            owner ->
                mailer.send(
                    message.id(),
                    owner.email(),
                    letter(owner.locale(), message.payloadId("erasure_id"))))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("there is no such account any more"));
  }

  private static Letter letter(String locale, UUID erasure) {
    Phrases phrases = Phrases.in(locale);
    return new Letter(
        phrases.language(),
        phrases.get("erased.subject"),
        List.of(
            new Letter.Part.Paragraph(phrases.get("erased.what")),
            new Letter.Part.Paragraph(phrases.get("erased.receipt")),
            new Letter.Part.Code(erasure.toString())));
  }
}
