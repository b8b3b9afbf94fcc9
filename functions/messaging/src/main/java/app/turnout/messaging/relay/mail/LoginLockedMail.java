package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;

/// Tells the owner of an account that logins are refused for a while.
@Singleton
final class LoginLockedMail implements Delivery {
  private final AccountNotice notice;

  LoginLockedMail(AccountNotice notice) {
    this.notice = notice;
  }

  @Override
  public String kind() {
    return "login_locked";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    return notice.toOwner(message, "locked", "what", "mine", "notMine");
  }
}
