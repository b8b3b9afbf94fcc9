package app.turnout.maintenance.migrate;

import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A step of CloudFormation's, which waits for its outcome before it goes on with what depends on
/// it: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
@Singleton
final class StackStep {
  private static final Logger LOG = LoggerFactory.getLogger(StackStep.class);

  private static final String REQUEST_TYPE = "RequestType";
  private static final String RESPONSE_URL = "ResponseURL";

  /// One and the same for ever: another would make CloudFormation delete the one before.
  private static final String PHYSICAL_ID = "turnout-schema";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ATTEMPTS = 3;

  private final JsonMapper json;

  StackStep(JsonMapper json) {
    this.json = json;
  }

  /// Whether a function's input is a request of CloudFormation's.
  static boolean isAskedBy(Map<String, Object> input) {
    return input.containsKey(REQUEST_TYPE) && input.containsKey(RESPONSE_URL);
  }

  /// Does the work when the step is made or changed, and tells CloudFormation how that went. When
  /// it is deleted there is nothing to do: the schema goes with the database.
  ///
  /// Throws what the work throws, after it was told; UncheckedIOException when CloudFormation could
  /// not be told.
  Map<String, Object> answer(Map<String, Object> input, IntSupplier work) {
    if ("Delete".equals(input.get(REQUEST_TYPE))) {
      tell(input, Optional.empty(), Map.of());
      return Map.of();
    }
    Map<String, Object> done;
    try {
      done = Map.of("migrations", work.getAsInt());
    } catch (RuntimeException e) {
      // Without its words, which could quote rows.
      tell(
          input,
          Optional.of(e.getClass().getSimpleName() + ": the log of MigrateFunction says more"),
          Map.of());
      throw e;
    }
    tell(input, Optional.empty(), done);
    return done;
  }

  private void tell(Map<String, Object> input, Optional<String> failure, Map<String, Object> data) {
    Map<String, Object> answer = new TreeMap<>();
    answer.put("Status", failure.isEmpty() ? "SUCCESS" : "FAILED");
    failure.ifPresent(reason -> answer.put("Reason", reason));
    answer.put("PhysicalResourceId", input.getOrDefault("PhysicalResourceId", PHYSICAL_ID));
    for (String same : new String[] {"StackId", "RequestId", "LogicalResourceId"}) {
      answer.put(same, String.valueOf(input.get(same)));
    }
    answer.put("Data", data);
    try {
      put(
          URI.create(Objects.requireNonNull(input.get(RESPONSE_URL)).toString()),
          json.writeValueAsString(answer));
    } catch (IOException e) {
      throw new UncheckedIOException("CloudFormation could not be told the outcome", e);
    }
  }

  /// The address is signed for a request without a content type.
  private static void put(URI address, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build()) {
      for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
        try {
          send(client, request);
          return;
        } catch (IOException e) {
          LOG.warn("CloudFormation was not told, attempt {}", attempt, e);
        }
      }
      send(client, request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  private static void send(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    int status = client.send(request, BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("Status " + status);
    }
  }
}
