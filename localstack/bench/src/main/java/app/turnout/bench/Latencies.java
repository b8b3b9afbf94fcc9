package app.turnout.bench;

import java.util.Arrays;
import java.util.Locale;

/// How long it took, at a rate.
///
/// @param perSecond the rate that was kept
/// @param p50 seconds that half of them took at most
record Latencies(double perSecond, int watchers, int count, double p50, double p95, double p99) {
  /// @param seconds that each took
  static Latencies of(double perSecond, int watchers, double... seconds) {
    if (seconds.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    return new Latencies(
        perSecond,
        watchers,
        sorted.length,
        percentile(sorted, 50),
        percentile(sorted, 95),
        percentile(sorted, 99));
  }

  /// The smallest value that so many of a hundred do not exceed.
  private static double percentile(double[] sorted, int percent) {
    return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        """
        Live, from a ping's acceptance to the message at the watcher, %.0f pings/s, %d watchers, %,d times
            p50 %.2f s (target 1.5), p95 %.2f s (2), p99 %.2f s (3)
        """,
        perSecond,
        watchers,
        count,
        p50,
        p95,
        p99);
  }
}
