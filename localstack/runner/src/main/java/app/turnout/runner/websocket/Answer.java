package app.turnout.runner.websocket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// What a function answered, if it is of the shape that API Gateway wants.
///
/// @param body what goes to the client, if the route answers
/// @param protocol that the function chose of those that the client offered
record Answer(int status, Optional<String> body, Optional<String> protocol) {
  private static final JsonMapper JSON = new JsonMapper();

  static Optional<Answer> of(byte[] payload) {
    try {
      JsonNode answer = JSON.readTree(payload);
      int status = answer.path("statusCode").asInt(0);
      if (!answer.isObject() || status < 100 || status > 599) {
        return Optional.empty();
      }
      return Optional.of(
          new Answer(status, text(answer.path("body")), protocol(answer.path("headers"))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
  }

  private static Optional<String> protocol(JsonNode headers) {
    return headers.properties().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Sec-WebSocket-Protocol"))
        .findFirst()
        .map(Map.Entry::getValue)
        .flatMap(Answer::text);
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }
}
