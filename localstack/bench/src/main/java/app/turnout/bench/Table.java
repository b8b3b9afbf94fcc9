package app.turnout.bench;

import java.util.List;
import java.util.Locale;

/// All comparisons as text of fixed columns.
final class Table {
  private static final String ROW = "%-32s %9s%9s%9s %9s%9s%9s %7s%7s%7s%n";

  private Table() {}

  static String of(List<Comparison> comparisons) {
    StringBuilder table = new StringBuilder();
    table.append("%60s%28s%22s%n".formatted("product", "floor", "product / floor"));
    table.append(
        ROW.formatted("", "min", "median", "max", "min", "median", "max", "min", "median", "max"));
    for (Comparison comparison : comparisons) {
      Spread product = comparison.product();
      Spread floor = comparison.floor();
      Spread ratio = comparison.ratio();
      table.append(
          ROW.formatted(
              comparison.what(),
              figure(product.minimum()),
              figure(product.median()),
              figure(product.maximum()),
              figure(floor.minimum()),
              figure(floor.median()),
              figure(floor.maximum()),
              figure(ratio.minimum()),
              figure(ratio.median()),
              figure(ratio.maximum())));
    }
    return table.toString();
  }

  /// Three digits at least, and no more behind the point than that takes.
  static String figure(double value) {
    String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
