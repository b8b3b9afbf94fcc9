package app.turnout.acceptance;

import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.OpenApiResponses;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Speaks HTTP with the front, and holds every answer against the OpenAPI document that it serves.
final class Client {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI front;
  private final URI mailbox;
  private final JsonNode document;
  private final OpenApiResponses contract;

  Client(URI front, URI mailbox) {
    this.front = front;
    this.mailbox = mailbox;
    this.document = json(fetch(front.resolve("/api/openapi.json")));
    this.contract = OpenApiResponses.of(document);
  }

  /// The OpenAPI document.
  JsonNode document() {
    return document;
  }

  Answer get(String path, String authorization) {
    return send("GET", path, authorization, null, Map.of());
  }

  Answer post(String path, String authorization, String body) {
    return send("POST", path, authorization, bytes(body), Map.of());
  }

  Answer post(String path, String authorization, String body, Map<String, String> headers) {
    return send("POST", path, authorization, bytes(body), headers);
  }

  /// Sends a request as it is. Throws AssertionError when the contract does not allow the answer.
  ///
  /// @param authorization value of that header; empty for none
  Answer send(
      String method,
      String path,
      String authorization,
      byte @Nullable [] body,
      Map<String, String> headers) {
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(front.toString().replaceAll("/$", "") + path))
            .method(method, publisher)
            .timeout(PATIENCE);
    if (body != null && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    headers.forEach(request::header);
    Set<String> secrets = Secrecy.note(body);
    secrets.addAll(Secrecy.note(authorization));
    Answer answer = send(request.build());
    if (!isGateways(answer)) {
      contract.check(method, path, answer);
    }
    Secrecy.note(bytes(answer.body()));
    if (answer.status() >= 400 && secrets.stream().anyMatch(answer.body()::contains)) {
      throw new AssertionError("A refusal repeats a secret: " + answer.body());
    }
    return answer;
  }

  /// The text of the newest mail to an address, once there is one that the test accepts.
  String mailTo(String address, String containing) {
    URI messages = mailbox.resolve("messages?to=" + address);
    String[] found = {""};
    await(
        () -> {
          for (JsonNode message : json(fetch(messages))) {
            String text = message.path("text").asText();
            if (text.contains(containing)) {
              found[0] = text;
              return true;
            }
          }
          return false;
        },
        "a mail to " + address);
    return found[0];
  }

  /// How many mails came to an address.
  int mailsTo(String address) {
    return json(fetch(mailbox.resolve("messages?to=" + address))).size();
  }

  /// Waits for something that happens behind a queue.
  static void await(BooleanSupplier condition, String what) {
    await(condition, what, PATIENCE);
  }

  /// Waits for something that several functions do, one after the other, each with its cold start.
  static void await(BooleanSupplier condition, String what, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Waited in vain for " + what);
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What API Gateway refuses itself, such as a path that is not text, has its own form.
  private static boolean isGateways(Answer answer) {
    return answer.status() >= 400
        && answer.status() < 500
        && answer.body().matches("\\{\"message\":\"[A-Za-z ]+\"}");
  }

  private String fetch(URI uri) {
    Answer answer = send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build());
    if (answer.status() != 200) {
      throw new AssertionError(uri + " answers " + answer.status() + ": " + answer.body());
    }
    return answer.body();
  }

  private Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = exchange(request);
      Map<String, String> headers = new LinkedHashMap<>();
      response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
      return new Answer(
          response.statusCode(),
          headers,
          List.copyOf(response.headers().allValues("set-cookie")),
          response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Once more where a kept connection was ended just then, as the front does after what it cannot
  /// read at all.
  private HttpResponse<String> exchange(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      if (!(e.getMessage() + "").contains("received no bytes")) {
        throw e;
      }
      return http.send(request, BodyHandlers.ofString());
    }
  }

  private static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
