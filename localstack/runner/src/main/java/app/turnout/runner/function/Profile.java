package app.turnout.runner.function;

import app.turnout.runner.template.FunctionSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What calls took: told one by one, and at the end all of them.
final class Profile {
  private final boolean on;
  private final Consumer<String> told;
  private final Map<String, Calls> calls = new TreeMap<>();

  /// A function's calls so far.
  private static final class Calls {
    private final List<Duration> warm = new ArrayList<>();
    private final List<Duration> cold = new ArrayList<>();
    private int throttled;
    private int failed;
    private long memoryBytes;
  }

  /// @param on whether there is anybody to be told
  Profile(boolean on, Consumer<String> told) {
    this.on = on;
    this.told = told;
  }

  /// Tells of a call.
  ///
  /// @param start how long the instance took to start, when it was started for this call
  void called(
      FunctionSpec function,
      Optional<Duration> start,
      Duration duration,
      OptionalLong memoryBytes,
      Outcome outcome) {
    if (!on) {
      return;
    }
    String ending =
        switch (outcome) {
          case Outcome.Answered _ -> "";
          case Outcome.Failed _ -> ", failed";
          case Outcome.TimedOut _ -> ", timed out";
          case Outcome.TooLarge _ -> ", too large";
          case Outcome.Throttled _ -> ", throttled";
        };
    synchronized (this) {
      Calls own = calls.computeIfAbsent(function.id(), _ -> new Calls());
      (start.isPresent() ? own.cold : own.warm).add(start.orElse(Duration.ZERO).plus(duration));
      own.failed += ending.isEmpty() ? 0 : 1;
      own.memoryBytes = Math.max(own.memoryBytes, memoryBytes.orElse(0));
    }
    told.accept(
        function.id()
            + ": "
            + millis(duration)
            + start.map(time -> ", cold after a start of " + millis(time)).orElse(", warm")
            + (memoryBytes.isPresent()
                ? ", %d of %d MB"
                    .formatted(memoryBytes.getAsLong() >> 20, function.memoryMegabytes())
                : "")
            + ending);
  }

  /// Tells of a call for which no instance was free.
  void throttled(String function) {
    if (on) {
      synchronized (this) {
        calls.computeIfAbsent(function, _ -> new Calls()).throttled++;
      }
      told.accept(function + ": throttled");
    }
  }

  /// All calls in a table, one line a function; cold ones with their start.
  synchronized String summary() {
    StringBuilder table =
        new StringBuilder(
            "%-28s %6s %8s %8s %8s %6s %8s %6s %9s%n"
                .formatted(
                    "", "warm", "p50", "p95", "most", "cold", "most", "failed", "throttled"));
    calls.forEach(
        (function, own) ->
            table.append(
                "%-28s %6d %8s %8s %8s %6d %8s %6d %9d%s%n"
                    .formatted(
                        function,
                        own.warm.size(),
                        percentile(own.warm, 50),
                        percentile(own.warm, 95),
                        percentile(own.warm, 100),
                        own.cold.size(),
                        percentile(own.cold, 100),
                        own.failed,
                        own.throttled,
                        own.memoryBytes > 0 ? "  %d MB".formatted(own.memoryBytes >> 20) : "")));
    return table.toString();
  }

  private static String percentile(List<Duration> durations, int percent) {
    if (durations.isEmpty()) {
      return "";
    }
    List<Duration> sorted = durations.stream().sorted().toList();
    return millis(sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1));
  }

  private static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
  }
}
