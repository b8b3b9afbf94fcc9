package app.turnout.eta.refresh;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.util.UUID;

/// Which date to look at: `{"v": 1, "organization": "…", "occurrence": "…"}`.
record RefreshMessage(OrganizationId organization, OccurrenceId occurrence) {
  private static final int VERSION = 1;

  /// Throws IllegalArgumentException when it is none.
  static RefreshMessage parse(JsonMapper json, String body) {
    try {
      JsonNode message = json.readValue(body, JsonNode.class);
      JsonNode version = message == null || !message.isObject() ? null : message.get("v");
      if (version == null || !version.isNumber() || version.getIntValue() != VERSION) {
        throw new IllegalArgumentException("not a message of version " + VERSION);
      }
      return new RefreshMessage(
          new OrganizationId(id(message, "organization")),
          new OccurrenceId(id(message, "occurrence")));
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  private static UUID id(JsonNode message, String field) {
    JsonNode value = message.get(field);
    if (value == null || !value.isString()) {
      throw new IllegalArgumentException("without its " + field);
    }
    return UUID.fromString(value.getStringValue());
  }
}
