package app.turnout.live.sockets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a watcher sends.
sealed interface ClientMessage {
  /// Wants to be told what happens at the date of the ticket.
  ///
  /// @param occurrence null for the ticket's own
  record Subscribe(UUID event, @Nullable UUID occurrence) implements ClientMessage {}

  /// Wants to know whether anybody is there.
  record Ping() implements ClientMessage {}

  JsonFactory JSON = new JsonFactory();

  /// Fields it does not know are left alone. Empty when it is not such a message.
  static Optional<ClientMessage> parse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Map<String, String> texts = new HashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (value == JsonToken.VALUE_STRING) {
          texts.put(name, json.getText());
        } else if (value != JsonToken.VALUE_NULL && isKnown(name)) {
          return Optional.empty();
        } else {
          json.skipChildren();
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
        return Optional.empty();
      }
      return message(texts);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isKnown(String name) {
    return name.equals("action") || name.equals("event_id") || name.equals("occurrence_id");
  }

  private static Optional<ClientMessage> message(Map<String, String> texts) {
    return switch (texts.getOrDefault("action", "")) {
      case "ping" -> Optional.of(new Ping());
      case "subscribe" -> {
        String event = texts.get("event_id");
        String occurrence = texts.get("occurrence_id");
        yield event == null
            ? Optional.empty()
            : Optional.of(
                new Subscribe(
                    UUID.fromString(event),
                    occurrence == null ? null : UUID.fromString(occurrence)));
      }
      default -> Optional.empty();
    };
  }
}
