package app.turnout.runner.queue;

import app.turnout.runner.AwsJson;
import app.turnout.runner.function.Functions;
import app.turnout.runner.template.FunctionSpec;
import app.turnout.runner.template.QueueSourceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// All pollers of all queues.
public final class EventSources implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private record Running(Poller poller, Thread thread) {}

  private final List<Running> pollers = new ArrayList<>();

  private EventSources() {}

  /// Starts them.
  ///
  /// @param queueUrl the URL of a queue's name
  public static EventSources start(
      List<FunctionSpec> specs, Functions functions, AwsJson sqs, UnaryOperator<String> queueUrl) {
    EventSources sources = new EventSources();
    for (FunctionSpec spec : specs) {
      for (QueueSourceSpec source : spec.queueSources()) {
        QueueClient queue =
            new QueueClient(sqs, queueUrl.apply(source.queueName()), source.queueArn());
        for (int i = 0; i < source.concurrency(); i++) {
          Poller poller = new Poller(source, spec.id(), queue, functions, spec.timeout());
          String name = "poller-" + source.queueName() + "-" + i;
          sources.pollers.add(new Running(poller, Thread.ofVirtual().name(name).start(poller)));
        }
      }
    }
    return sources;
  }

  /// Ends them; those that are in a call may finish it within some seconds.
  @Override
  public void close() {
    pollers.forEach(running -> running.poller().stop(running.thread()));
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (Running running : pollers) {
      try {
        if (!running.thread().join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
