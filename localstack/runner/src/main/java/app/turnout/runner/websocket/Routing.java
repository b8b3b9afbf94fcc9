package app.turnout.runner.websocket;

import app.turnout.runner.function.Functions;
import app.turnout.runner.function.Outcome;
import app.turnout.runner.http.Throttling;
import app.turnout.runner.template.WebSocketRouteSpec;
import app.turnout.runner.template.WebSocketSpec;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Takes what happens on connections to the functions of its routes.
final class Routing {
  /// How long API Gateway waits for a function.
  private static final Duration PATIENCE = Duration.ofSeconds(29);

  private static final JsonMapper JSON = new JsonMapper();

  /// What came of a call, in the words of API Gateway.
  sealed interface Result {}

  /// The function answered.
  record Answered(Answer answer) implements Result {}

  /// There is no such route, so nothing was called.
  record NoRoute() implements Result {}

  /// The function failed, or its answer is not understood.
  record Failed() implements Result {}

  /// More came than the stage takes, so nothing was called.
  record Throttled() implements Result {}

  /// The function took too long.
  record Late() implements Result {}

  private final WebSocketSpec api;
  private final Throttling throttling;
  private final Functions functions;
  private final InstantSource clock;
  private final Executor threads;

  Routing(WebSocketSpec api, Functions functions, InstantSource clock, Executor threads) {
    this.api = api;
    this.throttling = new Throttling(api.throttling(), System::nanoTime);
    this.functions = functions;
    this.clock = clock;
    this.threads = threads;
  }

  Result connect(Client client, WebSocketEvent.Connect connect, String requestId) {
    return throttling.lets("$connect")
        ? call("$connect", client, connect, requestId)
        : new Throttled();
  }

  void disconnected(Client client, int status, String reason) {
    call("$disconnect", client, new WebSocketEvent.Disconnect(status, reason), id());
  }

  /// Hands a message over.
  ///
  /// @return what the client is told, if anything
  Optional<String> message(Client client, String body) {
    String requestId = id();
    String key = key(body);
    WebSocketRouteSpec route = api.routes().get(key);
    Result result =
        throttling.lets(key)
            ? call(key, client, new WebSocketEvent.Message(id(), body), requestId)
            : new Throttled();
    return switch (result) {
      case Answered answered ->
          route != null && route.answers() ? answered.answer().body() : Optional.empty();
      case NoRoute _ -> Optional.of(failure("Forbidden", client, requestId));
      case Failed _ -> Optional.of(failure("Internal server error", client, requestId));
      case Throttled _ -> Optional.of(failure("Too Many Requests", client, requestId));
      case Late _ -> Optional.of(failure("Endpoint request timed out", client, requestId));
    };
  }

  /// What API Gateway says itself.
  static String failure(String message, Client client, String requestId) {
    return JSON.createObjectNode()
        .put("message", message)
        .put("connectionId", client.connectionId())
        .put("requestId", requestId)
        .toString();
  }

  /// As API Gateway's: of letters, digits, `-` and `_`, with a `=` at the end.
  static String id() {
    byte[] random = new byte[11];
    ThreadLocalRandom.current().nextBytes(random);
    return Base64.getUrlEncoder().encodeToString(random);
  }

  private String key(String body) {
    try {
      JsonNode node = JSON.readTree(body);
      for (String name : api.selection()) {
        node = node.path(name);
      }
      String key = node.asText("");
      return !key.startsWith("$") && api.routes().containsKey(key) ? key : "$default";
    } catch (IOException e) {
      return "$default";
    }
  }

  private Result call(String key, Client client, WebSocketEvent.Content content, String requestId) {
    WebSocketRouteSpec route = api.routes().get(key);
    if (route == null) {
      return new NoRoute();
    }
    byte[] event =
        new WebSocketEvent(api.stage(), client, key, requestId, clock.instant(), content).json();
    CompletableFuture<Outcome> outcome =
        CompletableFuture.supplyAsync(() -> functions.call(route.functionId(), event), threads);
    try {
      return switch (outcome.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        case Outcome.Answered answered -> understood(answered.payload(), route);
        case Outcome.Failed _, Outcome.TimedOut _, Outcome.TooLarge _, Outcome.Throttled _ ->
            new Failed();
      };
    } catch (TimeoutException e) {
      return new Late();
    } catch (ExecutionException e) {
      System.err.println(route.functionId() + ": " + e.getCause());
      return new Failed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failed();
    }
  }

  private static Result understood(byte[] payload, WebSocketRouteSpec route) {
    Optional<Answer> answer = Answer.of(payload);
    if (answer.isPresent()) {
      return new Answered(answer.get());
    }
    System.err.println(route.functionId() + ": the answer to " + route.key() + " has no status");
    return new Failed();
  }
}
