package app.turnout.bench;

import java.util.Arrays;

/// What several rounds measured.
record Spread(double minimum, double median, double maximum) {
  static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int upper = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }
}
