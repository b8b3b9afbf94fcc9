package app.turnout.platform.outbox;

import app.turnout.domain.OrganizationId;
import io.micronaut.json.tree.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message that waits to leave.
///
/// @param organization whose it is; null for what concerns an account or the platform only
/// @param kind names its sender
/// @param attempts how often it was tried in vain
/// @param traceHeader of what caused it, as X-Ray has it; null when it had none
public record OutboxMessage(
    UUID id,
    @Nullable OrganizationId organization,
    String kind,
    JsonNode payload,
    int attempts,
    Instant createdAt,
    @Nullable String traceHeader) {
  /// The payload's field of this name. Throws IllegalArgumentException when it is no id.
  public UUID payloadId(String field) {
    JsonNode value = payload.get(field);
    if (value == null || !value.isString()) {
      throw new IllegalArgumentException(kind + " without " + field);
    }
    return UUID.fromString(value.getStringValue());
  }
}
