package app.turnout.runner.websocket;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.core.CloseStatus;

/// The open connections, and the threads and timers that they share.
final class Connections implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Map<String, Connection> open = new ConcurrentHashMap<>();

  /// Those whose end the function has not heard of.
  private final Set<Connection> living = new HashSet<>();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledThreadPoolExecutor timers =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("connections").daemon(true).factory());

  Connections() {
    timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    timers.setRemoveOnCancelPolicy(true);
  }

  Executor threads() {
    return threads;
  }

  void add(Connection connection) {
    synchronized (living) {
      living.add(connection);
    }
    open.put(connection.client().connectionId(), connection);
  }

  void remove(Connection connection) {
    open.remove(connection.client().connectionId(), connection);
  }

  Optional<Connection> find(String connectionId) {
    return Optional.ofNullable(open.get(connectionId)).filter(Connection::awaitOpen);
  }

  /// Runs something on a thread of its own; not at the end any more.
  void run(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException _) {
      // The runner ends.
    }
  }

  /// Runs what is left to do for a connection that has ended.
  void runLast(Connection connection, Runnable task) {
    run(
        () -> {
          try {
            task.run();
          } finally {
            synchronized (living) {
              living.remove(connection);
              living.notifyAll();
            }
          }
        });
  }

  /// Runs something short in that time; not at the end any more.
  Future<?> later(Runnable task, long nanos) {
    try {
      return timers.schedule(task, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /// Ends all connections and lets functions hear of it, as far as they do within some seconds.
  @Override
  public void close() {
    List.copyOf(open.values())
        .forEach(connection -> connection.end(CloseStatus.SHUTDOWN, "Going away"));
    try {
      awaitEnds();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    timers.shutdownNow();
    threads.shutdownNow();
  }

  private void awaitEnds() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (living) {
      while (!living.isEmpty() && System.nanoTime() < end) {
        TimeUnit.NANOSECONDS.timedWait(living, end - System.nanoTime());
      }
    }
  }
}
