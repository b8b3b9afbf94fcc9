package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;

/// Tells somebody who left how to come back.
@Singleton
final class AccountDeactivatedMail implements Delivery {
  private final AccountNotice notice;

  AccountDeactivatedMail(AccountNotice notice) {
    this.notice = notice;
  }

  @Override
  public String kind() {
    return "account_deactivated";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    return notice.toOwner(message, "deactivated", "what", "back", "notMine");
  }
}
