package app.turnout.platform.outbox;

import io.micronaut.json.tree.JsonNode;
import java.util.UUID;

/// A message that waits to leave.
///
/// @param kind names its sender
/// @param attempts how often it was tried in vain
public record OutboxMessage(UUID id, String kind, JsonNode payload, int attempts) {
  /// The payload's field of this name. Throws IllegalArgumentException when it is no id.
  public UUID payloadId(String field) {
    JsonNode value = payload.get(field);
    if (value == null || !value.isString()) {
      throw new IllegalArgumentException(kind + " without " + field);
    }
    return UUID.fromString(value.getStringValue());
  }
}
