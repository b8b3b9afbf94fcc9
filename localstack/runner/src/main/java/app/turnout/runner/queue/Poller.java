package app.turnout.runner.queue;

import app.turnout.runner.AwsJson;
import app.turnout.runner.function.Functions;
import app.turnout.runner.function.Outcome;
import app.turnout.runner.template.QueueSourceSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Takes batches from a queue to a function, one at a time, until it is stopped.
final class Poller implements Runnable {
  private static final int WAIT_SECONDS = 20;
  private static final int BYTE_LIMIT = 6 * 1024 * 1024;
  private static final long PAUSE_MILLIS = 50;
  private static final long RETRY_MILLIS = 500;
  private static final long LONGEST_RETRY_MILLIS = 16_000;

  private final QueueSourceSpec source;
  private final String functionId;
  private final QueueClient queue;
  private final Functions functions;
  private final Duration patience;

  /// Received, and too many or too big for the batch that was filled.
  private final Deque<Batch.Message> leftOver = new ArrayDeque<>();

  /// What went wrong last, if it has not gone well since.
  private String failure = "";

  private long pauseMillis = RETRY_MILLIS;
  private boolean stopping;
  private boolean calling;

  /// @param patience how long a batch may wait while no instance is free; then it goes back
  Poller(
      QueueSourceSpec source,
      String functionId,
      QueueClient queue,
      Functions functions,
      Duration patience) {
    this.patience = patience;
    this.source = source;
    this.functionId = functionId;
    this.queue = queue;
    this.functions = functions;
  }

  @Override
  public void run() {
    while (!isStopping()) {
      try {
        pollOnce();
        failure = "";
        pauseMillis = RETRY_MILLIS;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException | RuntimeException e) {
        if (!isStopping()) {
          tell(e);
          pause();
        }
      }
    }
  }

  /// Ends it: at once while it waits for messages, after the call while there is one.
  ///
  /// @param thread that it runs on
  synchronized void stop(Thread thread) {
    stopping = true;
    if (!calling) {
      thread.interrupt();
    }
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  private synchronized boolean mayCall() {
    calling = !stopping;
    return calling;
  }

  private synchronized void callEnded() {
    calling = false;
  }

  private void pollOnce() throws IOException, InterruptedException {
    Batch batch = new Batch(source.batchSize(), BYTE_LIMIT);
    try {
      fill(batch);
    } catch (IOException | InterruptedException e) {
      giveBack(batch);
      throw e;
    }
    if (batch.isEmpty()) {
      return;
    }
    if (!mayCall()) {
      giveBack(batch);
      return;
    }
    try {
      Outcome outcome = functions.callWhenFree(functionId, batch.event(), patience);
      queue.delete(BatchVerdict.done(batch.messages(), outcome, source.reportsFailures()));
    } finally {
      callEnded();
    }
  }

  /// Waits for the first message, then for more as long as the window is open and there is room.
  private void fill(Batch batch) throws IOException, InterruptedException {
    if (!takeLeftOver(batch)) {
      return;
    }
    if (batch.isEmpty()) {
      take(batch, queue.receive(batch.room(), WAIT_SECONDS));
    }
    long closes = System.nanoTime() + source.window().toNanos();
    while (!batch.isEmpty() && !batch.isFull() && leftOver.isEmpty()) {
      Duration open = Duration.ofNanos(closes - System.nanoTime());
      if (!open.isPositive()) {
        return;
      }
      List<Batch.Message> more = queue.receive(batch.room(), 0);
      take(batch, more);
      if (more.isEmpty()) {
        Thread.sleep(Math.clamp(open.toMillis(), 1, PAUSE_MILLIS));
      }
    }
  }

  private boolean takeLeftOver(Batch batch) {
    while (!leftOver.isEmpty()) {
      if (!batch.take(leftOver.peek())) {
        return false;
      }
      leftOver.remove();
    }
    return true;
  }

  private void take(Batch batch, List<Batch.Message> received) {
    for (Batch.Message message : received) {
      if (!leftOver.isEmpty() || !batch.take(message)) {
        leftOver.add(message);
      }
    }
  }

  /// At the end: what was received for nothing need not wait for its visibility timeout.
  private void giveBack(Batch batch) {
    leftOver.addAll(batch.messages());
    boolean interrupted = Thread.interrupted();
    try {
      queue.giveBack(List.copyOf(leftOver));
      leftOver.clear();
    } catch (IOException _) {
      // The queue is gone too: the messages become visible in their time.
      leftOver.clear();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Once, as long as it stays the same: a session that has ended has ended for every attempt.
  private void tell(Exception e) {
    String told = e instanceof IOException io ? AwsJson.reason(io) : e.toString();
    if (!told.equals(failure)) {
      failure = told;
      System.err.println(source.queueName() + ": " + told);
    }
  }

  private void pause() {
    try {
      Thread.sleep(pauseMillis);
      pauseMillis = Math.min(2 * pauseMillis, LONGEST_RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
