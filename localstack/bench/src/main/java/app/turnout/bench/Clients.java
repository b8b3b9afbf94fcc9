package app.turnout.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Some clients of one server, each with a connection and a thread of its own, all at once.
final class Clients {
  private Clients() {}

  /// What one of them does.
  interface Work<T> {
    /// Does it over its own connection.
    ///
    /// @param client its number, from 0
    T run(int client, KeptConnection connection) throws IOException;
  }

  /// Waits for all of them.
  static <T> List<T> run(URI server, int count, Work<T> work) throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int client = i;
        running.add(
            threads.submit(
                () -> {
                  try (KeptConnection connection = new KeptConnection(server)) {
                    return work.run(client, connection);
                  }
                }));
      }
      List<T> done = new ArrayList<>();
      for (Future<T> one : running) {
        done.add(one.get());
      }
      return done;
    } catch (ExecutionException e) {
      throw new IllegalStateException(server + " failed a client", e.getCause());
    }
  }
}
