package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;

/// A date has another time or place: everyone who is expected is to hear of it.
@Singleton
final class DateMovedDelivery implements Delivery {
  private final TellExpected tellExpected;

  DateMovedDelivery(TellExpected tellExpected) {
    this.tellExpected = tellExpected;
  }

  @Override
  public String kind() {
    return "date_moved";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    return tellExpected.tell(message, DateMovedMail.KIND);
  }
}
