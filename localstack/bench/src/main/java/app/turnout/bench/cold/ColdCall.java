package app.turnout.bench.cold;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A function's first request.
///
/// @param function its logical id in the template
/// @param token of whoever asks; null for what anybody may
/// @param does what the answer takes, for people
public record ColdCall(
    String function,
    String method,
    String path,
    Map<String, String> pathParameters,
    @Nullable String token,
    @Nullable String body,
    String does) {

  /// Copies what it is given.
  public ColdCall {
    pathParameters = Map.copyOf(pathParameters);
  }

  /// The request as API Gateway's event, payload 2.0.
  byte[] event() {
    ObjectNode event = new JsonMapper().createObjectNode();
    event.put("version", "2.0").put("rawPath", path).put("rawQueryString", "");
    ObjectNode headers = event.putObject("headers").put("accept", "*/*").put("host", "localhost");
    if (token != null) {
      headers.put("authorization", "Bearer " + token);
    }
    if (body != null) {
      headers.put("content-type", "application/json");
      event.put("body", body);
    }
    ObjectNode parameters = event.putObject("pathParameters");
    pathParameters.forEach(parameters::put);
    ObjectNode context = event.putObject("requestContext");
    context.put("requestId", "cold-start").put("stage", "$default");
    context
        .putObject("http")
        .put("method", method)
        .put("path", path)
        .put("protocol", "HTTP/1.1")
        .put("sourceIp", "192.0.2.1");
    event.put("isBase64Encoded", false);
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }
}
