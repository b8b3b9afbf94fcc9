package app.turnout.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/// AWS's JSON protocol to a local store, which asks for a signature but does not look at it.
public final class AwsJson implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=local/20260101/eu-central-1/local/aws4_request,"
          + " SignedHeaders=host, Signature=none";

  /// Longer than the longest wait for a message.
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final URI endpoint;
  private final String service;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private AwsJson(URI endpoint, String service) {
    this.endpoint = endpoint;
    this.service = service;
  }

  /// A client of the queues.
  public static AwsJson sqs(URI endpoint) {
    return new AwsJson(endpoint, "AmazonSQS");
  }

  /// A client of the tables.
  public static AwsJson dynamoDb(URI endpoint) {
    return new AwsJson(endpoint, "DynamoDB_20120810");
  }

  /// Does an action of the API.
  ///
  /// @throws IOException when the store cannot be reached
  /// @throws Refusal when it says no
  public JsonNode call(String action, Map<String, ?> request)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", service + "." + action)
                .header("Authorization", AUTHORIZATION)
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    JsonNode answer = JSON.readTree(response.body());
    if (response.statusCode() != 200) {
      throw new Refusal(action, answer);
    }
    return answer;
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
    private final String type;

    Refusal(String action, JsonNode answer) {
      super(action + ": " + answer);
      String qualified = answer.path("__type").asText();
      this.type = qualified.substring(qualified.indexOf('#') + 1);
    }

    /// The error's name, such as `ResourceInUseException`.
    public String type() {
      return type;
    }
  }
}
