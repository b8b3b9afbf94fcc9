package app.turnout.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// AWS Secrets Manager's `GetSecretValue` and `PutSecretValue`, with a secret's current value and
/// the one before, as https://docs.aws.amazon.com/secretsmanager/latest/apireference/ has them.
public final class FakeSecretsManager implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TARGET = "secretsmanager.";

  private record Secret(String current, @Nullable String previous) {}

  private final HttpServer server;
  private final Map<String, Secret> secrets = new HashMap<>();
  private boolean isDown;

  /// Starts one on a free port of this machine.
  public FakeSecretsManager() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /// What a function needs to find it.
  public Map<String, Object> properties() {
    return Map.of(
        "aws.region",
        "eu-west-1",
        "aws.access-key-id",
        "local",
        "aws.secret-access-key",
        "local",
        "aws.services.secretsmanager.endpoint-override",
        "http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// Makes a secret, or gives it another value. Its ARN.
  public synchronized String put(String name, String value) {
    String arn = "arn:aws:secretsmanager:eu-west-1:000000000000:secret:" + name;
    @Nullable Secret before = secrets.get(arn);
    secrets.put(arn, new Secret(value, before == null ? null : before.current()));
    return arn;
  }

  /// The value that a secret has.
  public synchronized String get(String arn) {
    return Objects.requireNonNull(secrets.get(arn)).current();
  }

  /// Whether all calls are to fail from now on.
  public synchronized void setDown(boolean down) {
    isDown = down;
  }

  private synchronized void answer(HttpExchange call) throws IOException {
    try (call) {
      JsonNode request = JSON.readTree(call.getRequestBody());
      String operation = call.getRequestHeaders().getFirst("X-Amz-Target");
      String arn = request.path("SecretId").asText();
      @Nullable Secret secret = secrets.get(arn);
      if (isDown) {
        send(call, 500, Map.of("__type", "InternalServiceError"));
      } else if (secret == null) {
        send(call, 400, notFound("Secrets Manager can't find the specified secret."));
      } else if (operation.equals(TARGET + "PutSecretValue")) {
        secrets.put(arn, new Secret(request.path("SecretString").asText(), secret.current()));
        send(call, 200, Map.of("ARN", arn, "VersionId", UUID.randomUUID().toString()));
      } else {
        String stage = request.path("VersionStage").asText("AWSCURRENT");
        @Nullable String value = stage.equals("AWSCURRENT") ? secret.current() : secret.previous();
        if (value == null) {
          send(
              call,
              400,
              notFound(
                  "Secrets Manager can't find the specified secret value for staging label: "
                      + stage));
        } else {
          send(call, 200, Map.of("ARN", arn, "SecretString", value));
        }
      }
    }
  }

  private static Map<String, String> notFound(String message) {
    return Map.of("__type", "ResourceNotFoundException", "Message", message);
  }

  private static void send(HttpExchange call, int status, Map<String, String> body)
      throws IOException {
    byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    call.sendResponseHeaders(status, bytes.length);
    call.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
