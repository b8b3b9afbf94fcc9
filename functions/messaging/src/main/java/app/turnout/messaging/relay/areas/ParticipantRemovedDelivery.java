package app.turnout.messaging.relay.areas;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import app.turnout.platform.queue.Queues;
import app.turnout.platform.reactions.AreaEvent;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// Tells `locations` that somebody was removed, who left positions.
@Singleton
final class ParticipantRemovedDelivery implements Delivery {
  private final Queues queues;
  private final JsonMapper json;

  ParticipantRemovedDelivery(Queues queues, JsonMapper json) {
    this.queues = queues;
    this.json = json;
  }

  @Override
  public String kind() {
    return "participant_removed";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    AreaEvent event =
        new AreaEvent(
            kind(),
            Map.of(
                "participant_id", message.payloadId("participant_id").toString(),
                "organization_id", message.payloadId("organization_id").toString()));
    try {
      queues.send("locations-events", json.writeValueAsString(event));
      return new DeliveryOutcome.Accepted();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
