package app.turnout.runner.queue;

import app.turnout.runner.AwsJson;
import app.turnout.runner.RunnerException;
import app.turnout.runner.template.QueueSpec;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes the template's queues, or gives those that are there its settings.
public final class Queues {
  private static final JsonMapper JSON = new JsonMapper();

  /// SQS wants a second between making a queue and using it.
  private static final int ATTEMPTS = 10;

  private static final long PAUSE_MILLIS = 1_000;

  private Queues() {}

  /// Makes them and gives them their settings.
  ///
  /// @param queues with dead-letter queues before those that name them
  public static void create(AwsJson sqs, List<QueueSpec> queues) {
    configure(sqs, queues, make(sqs, queues, Map.of()));
  }

  /// Makes those that are not there yet.
  ///
  /// @param tags of those that are made
  /// @return the URL of each name
  public static Map<String, String> make(
      AwsJson sqs, List<QueueSpec> queues, Map<String, String> tags) {
    Map<String, String> urls = new LinkedHashMap<>();
    each(queues, queue -> urls.put(queue.name(), url(sqs, queue, tags)));
    return urls;
  }

  /// Gives them their settings. Kept queues too: the template may have changed, and a restored
  /// queue must know its dead-letter queue.
  ///
  /// @param urls of their names
  public static void configure(AwsJson sqs, List<QueueSpec> queues, Map<String, String> urls) {
    each(
        queues,
        queue ->
            set(
                sqs,
                Map.of(
                    "QueueUrl",
                    Objects.requireNonNull(urls.get(queue.name())),
                    "Attributes",
                    attributes(queue))));
  }

  @FunctionalInterface
  private interface Step {
    void take(QueueSpec queue) throws IOException, InterruptedException;
  }

  private static void each(List<QueueSpec> queues, Step step) {
    for (QueueSpec queue : queues) {
      try {
        step.take(queue);
      } catch (IOException e) {
        throw new RunnerException(
            "cannot make the queue " + queue.name() + ": " + AwsJson.reason(e), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RunnerException("interrupted while queues were made", e);
      }
    }
  }

  private static String url(AwsJson sqs, QueueSpec queue, Map<String, String> tags)
      throws IOException, InterruptedException {
    try {
      return sqs.call("GetQueueUrl", Map.of("QueueName", queue.name())).path("QueueUrl").asText();
    } catch (AwsJson.Refusal missing) {
      if (!isMissing(missing)) {
        throw missing;
      }
      Map<String, Object> creation = new LinkedHashMap<>();
      creation.put("QueueName", queue.name());
      creation.put("Attributes", unchangeable(queue));
      if (!tags.isEmpty()) {
        creation.put("tags", tags);
      }
      return sqs.call("CreateQueue", creation).path("QueueUrl").asText();
    }
  }

  private static void set(AwsJson sqs, Map<String, ?> request)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        sqs.call("SetQueueAttributes", request);
        return;
      } catch (AwsJson.Refusal e) {
        if (!isMissing(e) || attempt == ATTEMPTS) {
          throw e;
        }
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static boolean isMissing(AwsJson.Refusal refusal) {
    return refusal.type().endsWith("QueueDoesNotExist")
        || refusal.type().endsWith("NonExistentQueue");
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
