package app.turnout.runner.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A product that notes what is sent to it, and answers as it is told to.
public final class FakeProduct implements AutoCloseable {
  /// A request that came.
  public record Call(String path, @Nullable String authorization, JsonNode body) {}

  private record Reply(int status, String retryAfter, String body) {}

  private final HttpServer server;
  private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
  private volatile String mails = "[]";
  private final Queue<Reply> replies = new ArrayDeque<>();

  /// Starts it on a free port.
  ///
  /// @param health the body of every answer to `/health`
  public FakeProduct(String health) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/health", exchange -> answer(exchange, new Reply(200, "", health)));
    server.createContext("/api", this::call);
    server.createContext("/messages", exchange -> answer(exchange, new Reply(200, "", mails)));
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// What to answer next; 202 when nothing is left.
  public void reply(int status, String retryAfter, String body) {
    replies.add(new Reply(status, retryAfter, body));
  }

  /// What is in the mailbox.
  public void mails(String json) {
    mails = json;
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void call(HttpExchange exchange) throws IOException {
    calls.add(
        new Call(
            exchange.getRequestURI().getPath(),
            exchange.getRequestHeaders().getFirst("Authorization"),
            Json.tryRead(exchange.getRequestBody().readAllBytes()).orElseGet(Json::object)));
    Reply reply = replies.poll();
    answer(exchange, reply == null ? new Reply(202, "", "{}") : reply);
  }

  private static void answer(HttpExchange exchange, Reply reply) throws IOException {
    if (!reply.retryAfter().isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", reply.retryAfter());
    }
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
