package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;

/// Tells the former address of an account that it is that no more.
@Singleton
final class EmailChangedMail implements Delivery {
  private final Recipients recipients;
  private final Mailer mailer;

  EmailChangedMail(Recipients recipients, Mailer mailer) {
    this.recipients = recipients;
    this.mailer = mailer;
  }

  @Override
  public String kind() {
    return "email_changed";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    return recipients
        .findMoving(message.payloadId("change_id"))
        .map(
            recipient ->
                mailer.send(
                    message.id(),
                    recipient.oldEmail(),
                    AccountNotice.letter(
                        recipient.locale(), "emailChanged", "what", "mine", "notMine")))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("there is no such account any more"));
  }
}
