package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;

/// A date is cancelled: everyone who is expected is to hear of it.
@Singleton
final class DateCancelledDelivery implements Delivery {
  private final TellExpected tellExpected;

  DateCancelledDelivery(TellExpected tellExpected) {
    this.tellExpected = tellExpected;
  }

  @Override
  public String kind() {
    return "date_cancelled";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    return tellExpected.tell(message, DateCancelledMail.KIND);
  }
}
