package app.turnout.platform.metrics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the call that this thread serves has measured so far. Outside a call nothing is kept.
public final class Measures {
  private static final ThreadLocal<@Nullable Map<Metric, Double>> CURRENT = new ThreadLocal<>();

  private Measures() {}

  /// So many more.
  public static void add(Metric metric, double count) {
    Map<Metric, Double> measured = CURRENT.get();
    if (measured != null) {
      measured.merge(metric, count, Double::sum);
    }
  }

  /// The largest of all that the call measured.
  public static void largest(Metric metric, double value) {
    Map<Metric, Double> measured = CURRENT.get();
    if (measured != null) {
      measured.merge(metric, value, Math::max);
    }
  }

  static void begin() {
    CURRENT.set(new EnumMap<>(Metric.class));
  }

  static Map<Metric, Double> end() {
    Map<Metric, Double> measured = CURRENT.get();
    CURRENT.remove();
    return measured == null ? Collections.emptyMap() : measured;
  }
}
