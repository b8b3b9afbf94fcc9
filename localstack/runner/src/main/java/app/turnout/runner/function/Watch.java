package app.turnout.runner.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Looks whether functions' code has changed, and lets those be loaded again whose code did. A
/// build writes many files: a change counts when the next look finds it unchanged.
final class Watch implements AutoCloseable {
  private static final long PAUSE_MILLIS = 700;

  private final Map<String, CodePath> code;
  private final Predicate<String> reload;
  private final Consumer<String> told;
  private final Map<String, Long> known = new HashMap<>();
  private final Map<String, Long> seen = new HashMap<>();
  private final Thread thread = Thread.ofPlatform().name("watch").daemon().unstarted(this::run);

  /// @param code of each function
  /// @param reload has a function loaded again, and says whether it had been loaded
  /// @param told what is to be said of it
  Watch(Map<String, CodePath> code, Predicate<String> reload, Consumer<String> told) {
    this.code = Map.copyOf(code);
    this.reload = reload;
    this.told = told;
    look();
  }

  /// Looks again and again from now on.
  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(PAUSE_MILLIS);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Looks once.
  void look() {
    Map<Path, Long> looked = new HashMap<>();
    for (Map.Entry<String, CodePath> each : code.entrySet()) {
      String function = each.getKey();
      try {
        Long now = each.getValue().fingerprint(looked);
        Long last = seen.put(function, now);
        Long before = known.putIfAbsent(function, now);
        if (before != null && !before.equals(now) && now.equals(last)) {
          known.put(function, now);
          if (reload.test(function)) {
            told.accept(function + " has changed, and starts anew at its next call");
          }
        }
      } catch (IOException | UncheckedIOException e) {
        // It is being built.
        seen.remove(function);
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
