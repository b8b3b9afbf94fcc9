package app.turnout.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// DynamoDB that can be told to have no capacity left; else it is the one behind it.
public final class ThrottlingDynamoDb implements AutoCloseable {
  private static final String ENDPOINT = "aws.services.dynamodb.endpoint-override";

  private final Map<String, Object> properties;
  private final URI behind;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile boolean throttles;

  private ThrottlingDynamoDb(Map<String, Object> properties) throws IOException {
    this.properties = properties;
    this.behind = URI.create(String.valueOf(properties.get(ENDPOINT)));
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    // One that gave up in the middle of its request holds up nobody else.
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /// In front of the DynamoDB of these properties.
  public static ThrottlingDynamoDb before(Map<String, Object> properties) throws IOException {
    return new ThrottlingDynamoDb(properties);
  }

  /// The same, by way of this one.
  public Map<String, Object> properties() {
    Map<String, Object> own = new HashMap<>(properties);
    own.put(ENDPOINT, "http://127.0.0.1:" + server.getAddress().getPort());
    return own;
  }

  /// Whether it has no capacity left, from now on.
  public void throttle(boolean on) {
    throttles = on;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (throttles) {
        byte[] refusal =
            """
            {"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",\
            "message":"The level of configured provisioned throughput was exceeded"}\
            """
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(400, refusal.length);
        exchange.getResponseBody().write(refusal);
        return;
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(behind).POST(HttpRequest.BodyPublishers.ofByteArray(body));
      for (String header : new String[] {"X-Amz-Target", "Authorization", "Content-Type"}) {
        request.header(header, exchange.getRequestHeaders().getFirst(header));
      }
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      response
          .headers()
          .firstValue("x-amz-crc32")
          .ifPresent(crc -> exchange.getResponseHeaders().set("x-amz-crc32", crc));
      exchange.sendResponseHeaders(response.statusCode(), response.body().length);
      exchange.getResponseBody().write(response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.close();
  }
}
