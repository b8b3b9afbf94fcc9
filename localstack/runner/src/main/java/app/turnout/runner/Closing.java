package app.turnout.runner;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What has to be closed at the end, in phases; also when the start gets only half-way.
final class Closing implements AutoCloseable {
  /// The phases in their order.
  enum Phase {
    /// What brings work.
    SOURCES,
    /// What does it.
    FUNCTIONS,
    /// What it is done with.
    STORES,
    /// What keeps others out.
    LOCK
  }

  private final Map<Phase, List<AutoCloseable>> open = new EnumMap<>(Phase.class);
  private boolean closed;

  /// Hands over something to close; it is closed at once when the end has come already.
  <T extends AutoCloseable> T add(Phase phase, T resource) {
    synchronized (this) {
      if (!closed) {
        open.computeIfAbsent(phase, _ -> new ArrayList<>()).add(resource);
        return resource;
      }
    }
    close(resource);
    throw new RunnerException("stopped while it started");
  }

  /// Closes everything. Several callers wait for one another; only the first does it.
  @Override
  public synchronized void close() {
    closed = true;
    for (Phase phase : Phase.values()) {
      List<AutoCloseable> resources = open.getOrDefault(phase, List.of());
      resources.parallelStream().forEach(Closing::close);
    }
    open.clear();
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      System.err.println(e.getMessage());
    }
  }
}
