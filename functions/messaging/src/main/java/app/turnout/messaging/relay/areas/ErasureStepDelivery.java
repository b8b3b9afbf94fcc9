package app.turnout.messaging.relay.areas;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.erasure.ErasureSteps;
import app.turnout.platform.outbox.OutboxMessage;
import app.turnout.platform.queue.Queues;
import app.turnout.platform.reactions.AreaEvent;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/// Tells the area whose turn it is to erase.
@Singleton
final class ErasureStepDelivery implements Delivery {
  private final Queues queues;
  private final JsonMapper json;

  ErasureStepDelivery(Queues queues, JsonMapper json) {
    this.queues = queues;
    this.json = json;
  }

  @Override
  public String kind() {
    return ErasureSteps.STEP;
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    String area = Objects.requireNonNull(message.payload().get("area")).getStringValue();
    AreaEvent event =
        new AreaEvent(
            kind(),
            Map.of(
                "erasure_id", message.payloadId("erasure_id").toString(),
                "organization_id", message.payloadId("organization_id").toString(),
                "area", area));
    try {
      queues.send(area + "-events", json.writeValueAsString(event));
      return new DeliveryOutcome.Accepted();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
