package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;

/// Tells the owner of an account that somebody tried to register its address.
@Singleton
final class RegistrationAttemptMail implements Delivery {
  private final Recipients recipients;
  private final Mailer mailer;

  RegistrationAttemptMail(Recipients recipients, Mailer mailer) {
    this.recipients = recipients;
    this.mailer = mailer;
  }

  @Override
  public String kind() {
    return "registration_attempted";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    return recipients
        .findOwner(message.payloadId("user_id"))
        .map(owner -> mailer.send(message.id(), owner.email(), letter(owner)))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("there is no such account any more"));
  }

  private static Letter letter(Recipients.Owner owner) {
    return AccountNotice.letter(
        owner.locale(),
        "attempt",
        "what",
        owner.isDeactivated() ? "deactivated" : "mine",
        "notMine");
  }
}
