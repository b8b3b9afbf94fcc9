package app.turnout.runner.template;

import java.time.Duration;

/// A queue that feeds a function.
///
/// @param queueArn of the queue
/// @param batchSize the most messages of a call
/// @param window how long a batch is filled
/// @param reportsFailures whether the function answers which messages failed
/// @param concurrency the most calls at once
public record QueueSourceSpec(
    String queueArn, int batchSize, Duration window, boolean reportsFailures, int concurrency) {
  /// The last part of the ARN.
  public String queueName() {
    return queueArn.substring(queueArn.lastIndexOf(':') + 1);
  }
}
