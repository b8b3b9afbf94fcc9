package app.turnout.identity.oauth.providers;

import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// Calls providers, who answer in JSON. A call takes five seconds at most, its answer 256 kB; none
/// is repeated, and redirects are not followed. Each has a connection of its own: calls are rare,
/// and a connection that lay frozen with its execution environment may be dead.
///
/// Every method throws [ProviderUnavailableException] when there is no such answer, or it says that
/// the provider is at fault.
@Singleton
final class ProviderHttp {
  /// An answer.
  ///
  /// @param body an object or a list
  record Answer(int status, JsonNode body) {
    boolean isOk() {
      return status == 200;
    }

    /// A field of it, empty when it is no text.
    String text(String field) {
      return ProviderHttp.text(body, field);
    }
  }

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration WHOLE = Duration.ofSeconds(5);
  private static final int LARGEST = 256 * 1024;
  private static final int TOO_MANY_REQUESTS = 429;

  private final JsonMapper json;

  ProviderHttp(JsonMapper json) {
    this.json = json;
  }

  static String text(JsonNode object, String field) {
    JsonNode value = object.isObject() ? object.get(field) : null;
    return value != null && value.isString() ? value.getStringValue() : "";
  }

  Answer get(URI uri, Map<String, String> headers) {
    return send(request(uri, headers).GET().build());
  }

  Answer post(URI uri, Map<String, String> form) {
    return send(
        request(uri, Map.of("Accept", "application/json"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(query(form)))
            .build());
  }

  /// Parameters as a query or form has them.
  static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(
            parameter ->
                URLEncoder.encode(parameter.getKey(), StandardCharsets.UTF_8)
                    + "="
                    + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static HttpRequest.Builder request(URI uri, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(WHOLE).header("User-Agent", "turnout");
    headers.forEach(request::header);
    return request;
  }

  private Answer send(HttpRequest request) {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build()) {
      try {
        return answer(request.uri().getHost(), whole(client, request));
      } finally {
        client.shutdownNow();
      }
    }
  }

  /// The request's own timeout ends with the headers; this one is of the body too.
  private static HttpResponse<byte[]> whole(HttpClient client, HttpRequest request) {
    String host = request.uri().getHost();
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST));
    try {
      return sent.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ProviderUnavailableException(host + " took too long", e);
    } catch (ExecutionException e) {
      throw new ProviderUnavailableException(
          host + ": " + String.valueOf(e.getCause()).lines().findFirst().orElse(""), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderUnavailableException(host + " was not waited for", e);
    }
  }

  private Answer answer(String host, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status >= 500 || status == TOO_MANY_REQUESTS) {
      throw new ProviderUnavailableException(host + " answered " + status);
    }
    try {
      JsonNode body = json.readValue(response.body(), JsonNode.class);
      if (body.isObject() || body.isArray()) {
        return new Answer(status, body);
      }
    } catch (IOException e) {
      // Said below, without the text.
    }
    throw new ProviderUnavailableException(host + " answered " + status + " without JSON");
  }
}
