package app.turnout.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What messages tell of positions. All watchers get the same texts, so each is read once: clients
/// share the processors with what they measure.
final class Sightings {
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, Map<String, Instant>> read = new ConcurrentHashMap<>();

  /// When the newest position of each participant was recorded; empty for other messages.
  Map<String, Instant> of(String message) {
    return message.contains("\"location_update\"")
        ? read.computeIfAbsent(message, Sightings::positions)
        : Map.of();
  }

  private static Map<String, Instant> positions(String message) {
    Map<String, Instant> positions = new HashMap<>();
    try {
      for (JsonNode position : JSON.readTree(message).path("positions")) {
        positions.merge(
            position.path("participant_id").asText(),
            Instant.parse(position.path("recorded_at").asText()),
            (one, other) -> one.isAfter(other) ? one : other);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return positions;
  }
}
