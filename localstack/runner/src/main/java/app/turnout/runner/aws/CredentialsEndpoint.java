package app.turnout.runner.aws;

import app.turnout.runner.RunnerException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/// Hands the runner's credentials to its functions, as containers of ECS get theirs: on the
/// loopback interface, to who has the token. So they stand in no file, and sessions that begin anew
/// reach functions that run.
///
/// Source: AWS SDKs and Tools Reference Guide, "Container credential provider".
public final class CredentialsEndpoint implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /// How long credentials may be used whose end is not known.
  private static final Duration UNLESS_TOLD = Duration.ofHours(1);

  /// The SDK's settings as variables of a process, and as properties of this one.
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "AWS_CONTAINER_CREDENTIALS_FULL_URI", "aws.containerCredentialsFullUri",
          "AWS_CONTAINER_AUTHORIZATION_TOKEN", "aws.containerAuthorizationToken");

  private final AwsAccount account;
  private final String token;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private CredentialsEndpoint(AwsAccount account) throws IOException {
    byte[] chance = new byte[32];
    new SecureRandom().nextBytes(chance);
    this.account = account;
    this.token = HexFormat.of().formatHex(chance);
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
  }

  /// Starts it, for functions in this process, too.
  public static CredentialsEndpoint start(AwsAccount account) {
    try {
      CredentialsEndpoint endpoint = new CredentialsEndpoint(account);
      endpoint.server.createContext("/", endpoint::answer);
      endpoint.server.setExecutor(endpoint.threads);
      endpoint.server.start();
      endpoint
          .variables()
          .forEach((name, value) -> System.setProperty(PROPERTIES.get(name), value));
      return endpoint;
    } catch (IOException e) {
      throw new RunnerException("cannot hand credentials to functions: " + e.getMessage(), e);
    }
  }

  /// The environment of a process that may ask.
  public Map<String, String> variables() {
    return Map.of(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "http://127.0.0.1:" + server.getAddress().getPort() + "/credentials",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN",
        token);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      if (given == null || !MessageDigest.isEqual(bytes(given), bytes(token))) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      try {
        send(exchange, 200, json(account.credentials()));
      } catch (IOException e) {
        send(
            exchange,
            500,
            JSON.createObjectNode().put("code", "NoCredentials").put("message", e.getMessage()));
      }
    }
  }

  private static ObjectNode json(AwsCredentials credentials) {
    ObjectNode json = JSON.createObjectNode();
    json.put("AccessKeyId", credentials.accessKeyId());
    json.put("SecretAccessKey", credentials.secretAccessKey());
    if (credentials instanceof AwsSessionCredentials session) {
      json.put("Token", session.sessionToken());
    }
    // Who asks wants to know when to ask again.
    Instant end = credentials.expirationTime().orElseGet(() -> Instant.now().plus(UNLESS_TOLD));
    json.put("Expiration", end.toString());
    return json;
  }

  private static void send(HttpExchange exchange, int status, ObjectNode json) throws IOException {
    byte[] body = bytes(json.toString());
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    PROPERTIES.values().forEach(System::clearProperty);
    server.stop(0);
    threads.shutdownNow();
  }
}
