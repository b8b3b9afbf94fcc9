package app.turnout.runner.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.StreamSupport;

/// What the API answered.
///
/// @param body the JSON, or a missing node when there was none
public record Answer(String request, HttpResponse<byte[]> response, JsonNode body) {
  static Answer of(String request, HttpResponse<byte[]> response) {
    return new Answer(
        request, response, Json.tryRead(response.body()).orElse(MissingNode.getInstance()));
  }

  public int status() {
    return response.statusCode();
  }

  public boolean isSuccess() {
    return status() / 100 == 2;
  }

  /// Whether the same request may succeed later.
  boolean isPassing() {
    return status() == 429 || status() >= 500;
  }

  /// How long to wait before the next attempt, when the answer says so in seconds.
  Optional<Duration> retryAfter() {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,4}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }

  /// Why positions were refused, one for each.
  List<String> refusals() {
    return StreamSupport.stream(body.path("refused").spliterator(), false)
        .map(refused -> refused.path("field").asText() + " " + refused.path("message").asText())
        .toList();
  }

  /// One line for people: the request, the status, and what the problem document says.
  public String summary() {
    StringJoiner line = new StringJoiner(": ");
    line.add(request + " answered " + status() + " " + body.path("title").asText());
    if (body.hasNonNull("detail")) {
      line.add(body.get("detail").asText());
    }
    for (JsonNode error : body.path("errors")) {
      line.add(error.path("field").asText() + " " + error.path("message").asText());
    }
    return line.toString().strip();
  }
}
