package app.turnout.runner.queue;

import app.turnout.runner.AwsJson;
import app.turnout.runner.RunnerException;
import app.turnout.runner.template.QueueSpec;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes the template's queues, or gives those that are there its settings.
public final class Queues {
  private static final JsonMapper JSON = new JsonMapper();

  private Queues() {}

  /// Makes them.
  ///
  /// @param queues with dead-letter queues before those that name them
  public static void create(AwsJson sqs, List<QueueSpec> queues) {
    for (QueueSpec queue : queues) {
      try {
        create(sqs, queue);
      } catch (IOException e) {
        throw new RunnerException(
            "cannot make the queue " + queue.name() + ": " + AwsJson.reason(e), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RunnerException("interrupted while queues were made", e);
      }
    }
  }

  private static void create(AwsJson sqs, QueueSpec queue)
      throws IOException, InterruptedException {
    String url;
    try {
      url = sqs.call("GetQueueUrl", Map.of("QueueName", queue.name())).path("QueueUrl").asText();
    } catch (AwsJson.Refusal missing) {
      url =
          sqs.call(
                  "CreateQueue",
                  Map.of("QueueName", queue.name(), "Attributes", unchangeable(queue)))
              .path("QueueUrl")
              .asText();
    }
    // Set for kept queues too: the template may have changed, and a restored queue must know its
    // dead-letter queue.
    sqs.call("SetQueueAttributes", Map.of("QueueUrl", url, "Attributes", attributes(queue)));
  }

  /// What a queue has from its beginning.
  private static Map<String, String> unchangeable(QueueSpec queue) {
    return queue
        .fifo()
        .map(
            fifo -> Map.of("FifoQueue", "true", "ContentBasedDeduplication", "" + fifo.byContent()))
        .orElse(Map.of());
  }

  private static Map<String, String> attributes(QueueSpec queue) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("VisibilityTimeout", "" + queue.visibilityTimeoutSeconds());
    attributes.put("DelaySeconds", "" + queue.delaySeconds());
    attributes.put("ReceiveMessageWaitTimeSeconds", "" + queue.receiveWaitSeconds());
    queue
        .redrive()
        .ifPresent(
            redrive ->
                attributes.put(
                    "RedrivePolicy",
                    JSON.createObjectNode()
                        .put("deadLetterTargetArn", redrive.deadLetterArn())
                        .put("maxReceiveCount", redrive.maxReceiveCount())
                        .toString()));
    return attributes;
  }
}
