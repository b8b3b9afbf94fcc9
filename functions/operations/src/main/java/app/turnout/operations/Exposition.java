package app.turnout.operations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Prometheus' text format, version 0.0.4: `turnout_<name>{label="value"} 5`.
final class Exposition {
  static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Map<String, Series> series = new LinkedHashMap<>();
  private final Map<String, StringBuilder> samples = new LinkedHashMap<>();

  /// @param all that may be told, in that order
  Exposition(List<Series> all) {
    for (Series each : all) {
      series.put(each.name(), each);
      samples.put(each.name(), new StringBuilder());
    }
  }

  /// @param of the value of the label that this metric has; null when it has none
  void add(String name, @Nullable String of, double value) {
    Series known = series.get(name);
    StringBuilder lines = samples.get(name);
    if (known == null || lines == null) {
      throw new IllegalArgumentException("No metric " + name);
    }
    lines.append("turnout_").append(name);
    if (known.label() != null && of != null) {
      lines.append('{').append(known.label()).append("=\"").append(escape(of)).append("\"}");
    }
    lines.append(' ').append(number(value)).append('\n');
  }

  /// Metrics without a sample are left out.
  String text() {
    StringBuilder text = new StringBuilder();
    samples.forEach(
        (name, lines) -> {
          if (!lines.isEmpty()) {
            Series known = Objects.requireNonNull(series.get(name));
            text.append("# HELP turnout_%s %s\n".formatted(name, known.help()))
                .append("# TYPE turnout_%s %s\n".formatted(name, known.type()))
                .append(lines);
          }
        });
    return text.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
