package app.turnout.messaging.relay.areas;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import app.turnout.platform.queue.Queues;
import app.turnout.platform.reactions.AreaEvent;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/// Passes a message on to an area's queue, as it is.
///
/// @param kind of the message, and of the event that the area is told
/// @param queue by its name in the configuration
record PassedOn(String kind, String queue, Queues queues, JsonMapper json) implements Delivery {
  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    Map<String, String> payload = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : message.payload().entries()) {
      payload.put(field.getKey(), field.getValue().coerceStringValue());
    }
    try {
      queues.send(queue, json.writeValueAsString(new AreaEvent(kind, payload)));
      return new DeliveryOutcome.Accepted();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
