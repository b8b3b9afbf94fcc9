package app.turnout.testing;

import app.turnout.container.LocalStack;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// AWS Secrets Manager, which may fail. Where this JVM's tests run on LocalStack it is
/// LocalStack's; else `GetSecretValue` and `PutSecretValue` alone, with a secret's current value
/// and the one before, as https://docs.aws.amazon.com/secretsmanager/latest/apireference/ has them.
public final class TestSecretsManager implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TARGET = "secretsmanager.";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private record Secret(String current, @Nullable String previous) {}

  private final HttpServer server;
  private final Map<String, Secret> secrets = new HashMap<>();

  /// Of the secrets that are LocalStack's, by name.
  private final Map<String, String> arns = new HashMap<>();

  private boolean isDown;

  /// Starts one on a free port of this machine.
  public TestSecretsManager() {
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
        TestAws.region(),
        "aws.access-key-id",
        TestAws.accessKey(),
        "aws.secret-access-key",
        "local",
        "aws.services.secretsmanager.endpoint-override",
        "http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// Makes a secret, or gives it another value. Its ARN.
  public synchronized String put(String name, String value) {
    if (LocalStack.isAsked()) {
      return arns.containsKey(name) ? changed(name, value) : made(name, value);
    }
    String arn =
        "arn:aws:secretsmanager:%s:%s:secret:%s"
            .formatted(TestAws.region(), TestAws.account(), name);
    @Nullable Secret before = secrets.get(arn);
    secrets.put(arn, new Secret(value, before == null ? null : before.current()));
    return arn;
  }

  private String made(String name, String value) {
    String arn =
        call(
                "CreateSecret",
                Map.of(
                    "Name",
                    name + "-" + UUID.randomUUID(),
                    "SecretString",
                    value,
                    "ClientRequestToken",
                    UUID.randomUUID().toString()))
            .path("ARN")
            .asText();
    arns.put(name, arn);
    return arn;
  }

  private String changed(String name, String value) {
    String arn = Objects.requireNonNull(arns.get(name));
    call(
        "PutSecretValue",
        Map.of(
            "SecretId", arn,
            "SecretString", value,
            "ClientRequestToken", UUID.randomUUID().toString()));
    return arn;
  }

  private static JsonNode call(String operation, Map<String, String> request) {
    try {
      HttpResponse<byte[]> response =
          forward(
              Map.of(
                  "Content-Type",
                  "application/x-amz-json-1.1",
                  "X-Amz-Target",
                  TARGET + operation,
                  "Authorization",
                  "AWS4-HMAC-SHA256 Credential=%s/20260101/%s/secretsmanager/aws4_request,"
                          .formatted(TestAws.accessKey(), TestAws.region())
                      + " SignedHeaders=host, Signature=none"),
              JSON.writeValueAsBytes(request));
      if (response.statusCode() != 200) {
        throw new IllegalStateException(operation + ": " + JSON.readTree(response.body()));
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpResponse<byte[]> forward(Map<String, String> headers, byte[] body)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(LocalStack.endpoint())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /// The value that a secret has.
  public synchronized String get(String arn) {
    if (LocalStack.isAsked()) {
      return call("GetSecretValue", Map.of("SecretId", arn)).path("SecretString").asText();
    }
    return Objects.requireNonNull(secrets.get(arn)).current();
  }

  /// Whether all calls are to fail from now on.
  public synchronized void setDown(boolean down) {
    isDown = down;
  }

  private synchronized void answer(HttpExchange call) throws IOException {
    try (call) {
      byte[] body = call.getRequestBody().readAllBytes();
      if (LocalStack.isAsked() && !isDown) {
        pass(call, body);
        return;
      }
      JsonNode request = JSON.readTree(body);
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

  private static void pass(HttpExchange call, byte[] body) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String name : new String[] {"Content-Type", "X-Amz-Target", "Authorization"}) {
      headers.put(name, call.getRequestHeaders().getFirst(name));
    }
    HttpResponse<byte[]> response = forward(headers, body);
    answer(call, response.statusCode(), response.body());
  }

  private static Map<String, String> notFound(String message) {
    return Map.of("__type", "ResourceNotFoundException", "Message", message);
  }

  private static void send(HttpExchange call, int status, Map<String, String> body)
      throws IOException {
    answer(call, status, JSON.writeValueAsBytes(body));
  }

  private static void answer(HttpExchange call, int status, byte[] bytes) throws IOException {
    call.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    call.sendResponseHeaders(status, bytes.length);
    call.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
