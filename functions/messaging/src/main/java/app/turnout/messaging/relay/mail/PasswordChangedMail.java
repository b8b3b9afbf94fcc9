package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;

/// Tells the owner of an account that its password is another one now.
@Singleton
final class PasswordChangedMail implements Delivery {
  private final AccountNotice notice;

  PasswordChangedMail(AccountNotice notice) {
    this.notice = notice;
  }

  @Override
  public String kind() {
    return "password_changed";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    return notice.toOwner(message, "passwordChanged", "what", "mine", "notMine");
  }
}
