package app.turnout.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// AWS's JSON protocol to a store. What AWS could not do just now is asked for again.
public final class AwsJson implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /// Longer than the longest wait for a message.
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final int ATTEMPTS = 5;
  private static final long FIRST_PAUSE_MILLIS = 100;

  private final URI endpoint;
  private final String service;
  private final String target;
  private final RequestSigner signer;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private AwsJson(URI endpoint, String service, String target, RequestSigner signer) {
    this.endpoint = endpoint;
    this.service = service;
    this.target = target;
    this.signer = signer;
  }

  /// A client of the queues on this machine.
  public static AwsJson sqs(URI endpoint) {
    return sqs(endpoint, RequestSigner.LOCAL);
  }

  /// A client of queues.
  public static AwsJson sqs(URI endpoint, RequestSigner signer) {
    return new AwsJson(endpoint, "sqs", "AmazonSQS", signer);
  }

  /// A client of the tables on this machine.
  public static AwsJson dynamoDb(URI endpoint) {
    return dynamoDb(endpoint, RequestSigner.LOCAL);
  }

  /// A client of tables.
  public static AwsJson dynamoDb(URI endpoint, RequestSigner signer) {
    return new AwsJson(endpoint, "dynamodb", "DynamoDB_20120810", signer);
  }

  /// Does an action of the API.
  ///
  /// @throws IOException when the store cannot be reached
  /// @throws Refusal when it says no
  public JsonNode call(String action, Map<String, ?> request)
      throws IOException, InterruptedException {
    byte[] body = JSON.writeValueAsBytes(request);
    for (int attempt = 1; ; attempt++) {
      HttpResponse<byte[]> response = send(action, body);
      if (response.statusCode() == 200) {
        return JSON.readTree(response.body());
      }
      Refusal refusal = new Refusal(action, response.statusCode(), answer(response.body()));
      if (!refusal.passes() || attempt == ATTEMPTS) {
        throw refusal;
      }
      long pause = FIRST_PAUSE_MILLIS << (attempt - 1);
      Thread.sleep(pause + ThreadLocalRandom.current().nextLong(pause));
    }
  }

  private HttpResponse<byte[]> send(String action, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    signer
        .sign(
            service,
            endpoint,
            Map.of(
                "Content-Type",
                "application/x-amz-json-1.0",
                "X-Amz-Target",
                target + "." + action),
            body)
        .forEach(request::header);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /// What stands between here and AWS may answer with something else than JSON.
  private static JsonNode answer(byte[] body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode()
          .put("message", new String(body, StandardCharsets.UTF_8).strip());
    }
  }

  /// Why a call failed, in words.
  public static String reason(IOException failure) {
    return failure instanceof ConnectException
        ? "nothing answers there"
        : String.valueOf(failure.getMessage());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  /// The store understood, and said no.
  public static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SERVER_ERROR = 500;

    /// As AWS's SDKs have them, of these two services.
    private static final Set<String> THROTTLING =
        Set.of(
            "LimitExceededException",
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "RequestThrottled",
            "RequestThrottledException",
            "Throttling",
            "ThrottlingException",
            "TooManyRequestsException");

    private final int status;
    private final String type;

    Refusal(String action, int status, JsonNode answer) {
      super(action + ": " + said(status, answer));
      this.status = status;
      this.type = type(answer);
    }

    private static String type(JsonNode answer) {
      String qualified = answer.path("__type").asText();
      return qualified.substring(qualified.indexOf('#') + 1);
    }

    private static String said(int status, JsonNode answer) {
      String name = type(answer).isEmpty() ? "HTTP " + status : type(answer);
      String message = answer.path("message").asText(answer.path("Message").asText());
      return message.isEmpty() ? name : name + ", " + message.lines().findFirst().orElse("");
    }

    /// The error's name, such as `ResourceInUseException`.
    public String type() {
      return type;
    }

    /// Whether the same request may be taken a little later.
    boolean passes() {
      return status >= SERVER_ERROR || THROTTLING.contains(type);
    }
  }
}
