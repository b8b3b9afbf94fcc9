package app.turnout.runner.template;

import java.util.Optional;

/// A queue.
///
/// @param name that it has where it is
/// @param fifo what makes it a FIFO queue, if it is one
/// @param redrive where messages end that were received too often
public record QueueSpec(
    String id,
    String name,
    int visibilityTimeoutSeconds,
    int delaySeconds,
    int receiveWaitSeconds,
    Optional<Fifo> fifo,
    Optional<Redrive> redrive) {
  private static final String FIFO_SUFFIX = ".fifo";

  /// What a FIFO queue has beside.
  ///
  /// @param byContent whether messages without a deduplication id have one of their content
  public record Fifo(boolean byContent) {}

  /// Where what is given up goes.
  ///
  /// @param deadLetterArn of the queue for what is given up
  public record Redrive(String deadLetterArn, int maxReceiveCount) {}

  static QueueSpec read(PropertyReader properties, ResourceValues values) {
    boolean isFifo = properties.truth("FifoQueue", false);
    String name =
        properties.text("QueueName").orElse(properties.id() + (isFifo ? FIFO_SUFFIX : ""));
    if (isFifo(name) != isFifo) {
      throw properties.failure("FIFO queues, and no others, have names that end with .fifo");
    }
    PropertyReader redrive = properties.section("RedrivePolicy");
    if (redrive.text("deadLetterTargetArn").filter(arn -> isFifo(arn) != isFifo).isPresent()) {
      throw properties.failure("the dead-letter queue of a FIFO queue, and of no other, is FIFO");
    }
    return new QueueSpec(
        properties.id(),
        values.name(name),
        properties.integer("VisibilityTimeout", 30),
        properties.integer("DelaySeconds", 0),
        properties.integer("ReceiveMessageWaitTimeSeconds", 0),
        isFifo
            ? Optional.of(new Fifo(properties.truth("ContentBasedDeduplication", false)))
            : Optional.empty(),
        redrive
            .text("deadLetterTargetArn")
            .map(arn -> new Redrive(arn, redrive.integer("maxReceiveCount", 10))));
  }

  /// A queue's name: the one it is given, or one of its id, as SQS wants it.
  public static String name(TemplateResource resource) {
    if (resource.properties().get("QueueName") instanceof String name) {
      return name;
    }
    boolean isFifo = "true".equals(String.valueOf(resource.properties().get("FifoQueue")));
    return resource.id() + (isFifo ? FIFO_SUFFIX : "");
  }

  /// Whether a name or ARN is that of a FIFO queue.
  static boolean isFifo(String nameOrArn) {
    return nameOrArn.endsWith(FIFO_SUFFIX);
  }
}
