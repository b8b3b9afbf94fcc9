package app.turnout.runner.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A response, read from what a function answered or made by the front itself.
///
/// @param reason what the front itself says, when it is its own
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
record HttpAnswer(
    int status, List<HttpEvent.Header> headers, byte[] body, Optional<String> reason) {
  static final HttpAnswer BAD_REQUEST = message(400, "Bad Request");
  static final HttpAnswer NOT_FOUND = message(404, "Not Found");
  static final HttpAnswer TOO_LARGE = message(413, "Request Entity Too Large");
  static final HttpAnswer THROTTLED = message(429, "Too Many Requests");
  static final HttpAnswer FAILURE = message(500, "Internal Server Error");
  static final HttpAnswer UNAVAILABLE = message(503, "Service Unavailable");

  private static final JsonMapper JSON = new JsonMapper();

  HttpAnswer(int status, List<HttpEvent.Header> headers, byte[] body) {
    this(status, headers, body, Optional.empty());
  }

  static HttpAnswer message(int status, String message) {
    return new HttpAnswer(
        status,
        List.of(new HttpEvent.Header("content-type", "application/json")),
        "{\"message\":\"%s\"}".formatted(message).getBytes(StandardCharsets.UTF_8),
        Optional.of(message));
  }

  /// Reads a function's answer by payload format 2.0: with a `statusCode`, or any other JSON, which
  /// is the body then. What fits neither is a failure of the function.
  static HttpAnswer of(byte[] payload) {
    try {
      JsonNode answer = JSON.readTree(payload);
      if (answer.isObject() && answer.hasNonNull("statusCode")) {
        return formatted(answer);
      }
      String body = answer.isTextual() ? answer.textValue() : answer.toString();
      return new HttpAnswer(
          200,
          List.of(new HttpEvent.Header("content-type", "application/json")),
          body.getBytes(StandardCharsets.UTF_8));
    } catch (IOException | IllegalArgumentException e) {
      return FAILURE;
    }
  }

  private static HttpAnswer formatted(JsonNode answer) {
    int status = status(answer.get("statusCode"));
    List<HttpEvent.Header> headers = new ArrayList<>();
    for (Map.Entry<String, JsonNode> header : answer.path("headers").properties()) {
      if (header.getValue().isValueNode() && !header.getValue().isNull()) {
        headers.add(
            new HttpEvent.Header(
                header.getKey().toLowerCase(Locale.ROOT), header.getValue().asText()));
      }
    }
    for (JsonNode cookie : answer.path("cookies")) {
      headers.add(new HttpEvent.Header("set-cookie", cookie.asText()));
    }
    if (headers.stream().noneMatch(header -> header.name().equals("content-type"))) {
      headers.add(new HttpEvent.Header("content-type", "text/plain;charset=UTF-8"));
    }
    return new HttpAnswer(status, headers, body(answer));
  }

  private static int status(JsonNode code) {
    int status = code.isInt() ? code.intValue() : Integer.parseInt(code.asText());
    if (status < 100 || status > 599) {
      throw new IllegalArgumentException("no such status: " + status);
    }
    return status;
  }

  private static byte[] body(JsonNode answer) {
    JsonNode body = answer.path("body");
    if (body.isMissingNode() || body.isNull()) {
      return new byte[0];
    }
    if (!body.isTextual()) {
      throw new IllegalArgumentException("the body is not text");
    }
    return answer.path("isBase64Encoded").asBoolean()
        ? Base64.getDecoder().decode(body.textValue())
        : body.textValue().getBytes(StandardCharsets.UTF_8);
  }

  Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equals(name))
        .map(HttpEvent.Header::value)
        .findFirst();
  }
}
