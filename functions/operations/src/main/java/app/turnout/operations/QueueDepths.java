package app.turnout.operations;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// How much waits in the queues, as SQS guesses.
@Singleton
final class QueueDepths {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final SqsClient sqs;
  private final Map<String, String> queues;
  private final Map<String, String> deadLetters;

  QueueDepths(
      SqsClient sqs,
      @Value("${turnout.metrics.queues:}") String queues,
      @Value("${turnout.metrics.dead-letters:}") String deadLetters) {
    this.sqs = sqs;
    this.queues = parse(queues);
    this.deadLetters = parse(deadLetters);
  }

  /// Of one queue.
  ///
  /// @param inFlight given out and not done yet
  /// @param dead given up, in its dead-letter queue
  record Depth(String queue, double waiting, double inFlight, double dead) {}

  /// Throws SdkException at the first queue that does not answer.
  List<Depth> read() {
    List<Depth> depths = new ArrayList<>();
    queues.forEach(
        (name, url) -> {
          Map<QueueAttributeName, String> own = attributes(url);
          String deadUrl = deadLetters.get(name);
          depths.add(
              new Depth(
                  name,
                  count(own, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                  count(own, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
                  deadUrl == null
                      ? 0
                      : count(
                          attributes(deadUrl), QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)));
        });
    return depths;
  }

  private Map<QueueAttributeName, String> attributes(String url) {
    return sqs.getQueueAttributes(
            request ->
                request
                    .queueUrl(url)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)
                    .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE)))
        .attributes();
  }

  private static double count(
      Map<QueueAttributeName, String> attributes, QueueAttributeName attribute) {
    return Double.parseDouble(attributes.getOrDefault(attribute, "0"));
  }

  /// `name=url` and commas between.
  private static Map<String, String> parse(String pairs) {
    Map<String, String> parsed = new LinkedHashMap<>();
    for (String pair : pairs.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parsed.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      }
    }
    return parsed;
  }
}
