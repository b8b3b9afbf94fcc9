package app.turnout.live.push;

import app.turnout.live.Connection;
import app.turnout.live.LiveMessage;
import app.turnout.platform.metrics.Measures;
import app.turnout.platform.metrics.Metric;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends to many sockets at once: one that is slow takes its own time, and not that of others.
@Singleton
final class Broadcast {
  private static final int AT_ONCE = 64;

  private final Sockets sockets;
  private final JsonMapper json;

  Broadcast(Sockets sockets, JsonMapper json) {
    this.sockets = sockets;
    this.json = json;
  }

  /// Messages as they are sent.
  List<byte[]> texts(List<LiveMessage> messages) {
    List<byte[]> texts = new ArrayList<>();
    for (LiveMessage message : messages) {
      try {
        texts.add(json.writeValueAsBytes(message));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return texts;
  }

  /// Sends to each socket its texts, in their order.
  ///
  /// @return the sockets that are lost
  Set<Connection> send(Map<Connection, List<byte[]>> texts) {
    Semaphore places = new Semaphore(AT_ONCE);
    Map<Connection, Future<Boolean>> sending = new HashMap<>();
    Set<Connection> lost = new HashSet<>();
    AtomicInteger taken = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      texts.forEach(
          (connection, told) ->
              sending.put(connection, threads.submit(() -> send(connection, told, places, taken))));
      for (Map.Entry<Connection, Future<Boolean>> each : sending.entrySet()) {
        if (!each.getValue().get()) {
          lost.add(each.getKey());
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("A socket failed otherwise than sockets do", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending", e);
    }
    Measures.add(Metric.LIVE_MESSAGES, taken.get());
    Measures.add(Metric.LIVE_SOCKETS_LOST, lost.size());
    return lost;
  }

  /// Closes a socket, if it is open.
  void close(Connection connection) {
    sockets.close(connection.id());
  }

  /// Whether the socket is still there.
  private boolean send(
      Connection connection, List<byte[]> messages, Semaphore places, AtomicInteger taken)
      throws InterruptedException {
    places.acquire();
    try {
      for (byte[] message : messages) {
        switch (sockets.send(connection.id(), message)) {
          case TAKEN -> taken.incrementAndGet();
          case REFUSED -> {
            return true;
          }
          case LOST -> {
            return false;
          }
        }
      }
      return true;
    } finally {
      places.release();
    }
  }
}
