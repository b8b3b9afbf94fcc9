package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;

/// Tells the present address of an account that another was asked for. It does not name the new
/// one: whoever reads this need not know it.
@Singleton
final class EmailChangeRequestedMail implements Delivery {
  private final Recipients recipients;
  private final Mailer mailer;

  EmailChangeRequestedMail(Recipients recipients, Mailer mailer) {
    this.recipients = recipients;
    this.mailer = mailer;
  }

  @Override
  public String kind() {
    return "email_change_requested";
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
                        recipient.locale(), "emailRequested", "what", "mine", "notMine")))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("there is no such account any more"));
  }
}
