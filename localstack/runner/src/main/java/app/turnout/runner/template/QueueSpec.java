package app.turnout.runner.template;

import app.turnout.stores.LocalAws;
import java.util.Optional;

/// A queue.
///
/// @param redrive where messages end that were received too often
public record QueueSpec(
    String id,
    String name,
    int visibilityTimeoutSeconds,
    int delaySeconds,
    int receiveWaitSeconds,
    Optional<Redrive> redrive) {

  /// Where what is given up goes.
  ///
  /// @param deadLetterArn of the queue for what is given up
  public record Redrive(String deadLetterArn, int maxReceiveCount) {}

  static QueueSpec read(PropertyReader properties) {
    if (properties.truth("FifoQueue", false)) {
      throw properties.failure("FIFO queues are not played by the runner");
    }
    PropertyReader redrive = properties.section("RedrivePolicy");
    return new QueueSpec(
        properties.id(),
        properties.text("QueueName").orElse(properties.id()),
        properties.integer("VisibilityTimeout", 30),
        properties.integer("DelaySeconds", 0),
        properties.integer("ReceiveMessageWaitTimeSeconds", 0),
        redrive
            .text("deadLetterTargetArn")
            .map(arn -> new Redrive(arn, redrive.integer("maxReceiveCount", 10))));
  }

  /// The ARN of a queue of that name.
  public static String arn(String name) {
    return "arn:aws:sqs:" + LocalAws.REGION + ":" + LocalAws.ACCOUNT + ":" + name;
  }
}
