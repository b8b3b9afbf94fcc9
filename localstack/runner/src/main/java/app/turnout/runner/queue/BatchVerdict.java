package app.turnout.runner.queue;

import app.turnout.runner.function.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which messages of a batch are done, by what came of the call.
final class BatchVerdict {
  private static final JsonMapper JSON = new JsonMapper();

  private BatchVerdict() {}

  /// The messages to delete. The others become visible again in their time.
  ///
  /// @param reportsFailures whether the function was asked to say which messages failed. An answer
  ///   that is not understood, or names a message that was not in the batch, makes the whole batch
  ///   fail, as in Lambda
  static List<Batch.Message> done(
      List<Batch.Message> batch, Outcome outcome, boolean reportsFailures) {
    if (!(outcome instanceof Outcome.Answered answered)) {
      return List.of();
    }
    if (!reportsFailures) {
      return batch;
    }
    try {
      JsonNode failures = failures(answered.payload());
      Set<String> failed = new HashSet<>();
      for (JsonNode failure : failures) {
        failed.add(failure.path("itemIdentifier").asText());
      }
      Set<String> sent = new HashSet<>();
      batch.forEach(message -> sent.add(message.id()));
      return sent.containsAll(failed)
          ? batch.stream().filter(message -> !failed.contains(message.id())).toList()
          : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  /// Nothing, null and an object without the list all mean that nothing failed.
  private static JsonNode failures(byte[] payload) throws IOException {
    JsonNode answer = JSON.readTree(payload);
    JsonNode failures = answer.path("batchItemFailures");
    if (answer.isMissingNode()
        || answer.isNull()
        || failures.isMissingNode()
        || failures.isNull()) {
      return JSON.createArrayNode();
    }
    if (!failures.isArray()) {
      throw new IOException("batchItemFailures is not a list");
    }
    return failures;
  }
}
