package app.turnout.runner.replay;

import app.turnout.runner.RunnerException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The product's HTTP API, as any client sees it.
public final class Api {
  /// A first call waits for the function's cold start.
  private static final Duration TIMEOUT = Duration.ofSeconds(40);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI base;

  public Api(URI base) {
    this.base = base;
  }

  /// The answer to a GET.
  ///
  /// @param path with query, from the root
  /// @param authorization value of that header
  /// @throws IOException when none comes
  public Answer get(String path, @Nullable String authorization) throws IOException {
    return send("GET", path, authorization, HttpRequest.BodyPublishers.noBody());
  }

  public Answer post(String path, @Nullable String authorization, JsonNode body)
      throws IOException {
    return send(
        "POST", path, authorization, HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
  }

  private Answer send(
      String method, String path, @Nullable String authorization, HttpRequest.BodyPublisher body)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, application/problem+json")
            .method(method, body);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try {
      return Answer.of(
          method + " " + path, http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunnerException("interrupted", e);
    }
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
