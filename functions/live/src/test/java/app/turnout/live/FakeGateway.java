package app.turnout.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// API Gateway's management API of a WebSocket API: answers as it is documented, and keeps what was
/// sent. A connection can be gone, be over its rate, or take its message and never answer.
public final class FakeGateway implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/live/@connections/";
  private static final int MOST_BYTES = 128 * 1024;

  private final HttpServer server;
  private final Map<String, List<JsonNode>> sent = new ConcurrentHashMap<>();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private final Set<String> limited = ConcurrentHashMap.newKeySet();
  private final Set<String> silent = ConcurrentHashMap.newKeySet();
  private final Set<String> closed = ConcurrentHashMap.newKeySet();
  private final CountDownLatch end = new CountDownLatch(1);

  public FakeGateway() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/live";
  }

  public List<JsonNode> sentTo(String connection) {
    return List.copyOf(sent.getOrDefault(connection, List.of()));
  }

  public boolean isClosed(String connection) {
    return closed.contains(connection);
  }

  public void loses(String connection) {
    gone.add(connection);
  }

  public void limits(String connection, boolean limits) {
    if (limits) {
      limited.add(connection);
    } else {
      limited.remove(connection);
    }
  }

  public void neverAnswers(String connection) {
    silent.add(connection);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      if (!path.startsWith(PATH) || !String.valueOf(authorization).startsWith("AWS4-HMAC-SHA256")) {
        refuse(exchange, 403, "ForbiddenException");
        return;
      }
      String connection = path.substring(PATH.length());
      if (gone.contains(connection) || closed.contains(connection)) {
        refuse(exchange, 410, "GoneException");
      } else if (exchange.getRequestMethod().equals("DELETE")) {
        closed.add(connection);
        exchange.sendResponseHeaders(204, -1);
      } else if (silent.contains(connection)) {
        end.await();
      } else if (limited.contains(connection)) {
        refuse(exchange, 429, "LimitExceededException");
      } else if (body.length > MOST_BYTES) {
        refuse(exchange, 413, "PayloadTooLargeException");
      } else {
        sent.computeIfAbsent(connection, _ -> new CopyOnWriteArrayList<>())
            .add(JSON.readTree(new String(body, StandardCharsets.UTF_8)));
        exchange.sendResponseHeaders(200, -1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void refuse(HttpExchange exchange, int status, String type) throws IOException {
    byte[] body = "{\"message\":\"no\"}".getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("x-amzn-ErrorType", type);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
  }
}
