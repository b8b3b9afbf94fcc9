package app.turnout.messaging.relay.areas;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.erasure.PersonErasureSteps;
import app.turnout.platform.outbox.OutboxMessage;
import app.turnout.platform.queue.Queues;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.util.Objects;

/// Tells the area whose turn it is to erase a person.
@Singleton
final class PersonErasureStepDelivery implements Delivery {
  private final Queues queues;
  private final JsonMapper json;

  PersonErasureStepDelivery(Queues queues, JsonMapper json) {
    this.queues = queues;
    this.json = json;
  }

  @Override
  public String kind() {
    return PersonErasureSteps.STEP;
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    String area = Objects.requireNonNull(message.payload().get("area")).getStringValue();
    return new PassedOn(kind(), area + "-events", queues, json).deliver(message);
  }
}
