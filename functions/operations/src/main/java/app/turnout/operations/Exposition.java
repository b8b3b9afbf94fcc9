package app.turnout.operations;

import java.util.LinkedHashMap;
import java.util.Map;

/// Prometheus' text format, version 0.0.4: `turnout_<name>{label="value"} 5`, all gauges.
final class Exposition {
  static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Map<String, String> help;
  private final Map<String, StringBuilder> samples = new LinkedHashMap<>();

  /// @param help what each metric is, by its name, in the order in which they are to be told
  Exposition(Map<String, String> help) {
    this.help = new LinkedHashMap<>(help);
    help.keySet().forEach(name -> samples.put(name, new StringBuilder()));
  }

  void add(String name, double value) {
    sample(name).append("turnout_").append(name).append(' ').append(number(value)).append('\n');
  }

  void add(String name, String label, String labelValue, double value) {
    sample(name)
        .append("turnout_")
        .append(name)
        .append('{')
        .append(label)
        .append("=\"")
        .append(escape(labelValue))
        .append("\"} ")
        .append(number(value))
        .append('\n');
  }

  private StringBuilder sample(String name) {
    StringBuilder known = samples.get(name);
    if (known == null) {
      throw new IllegalArgumentException("No metric " + name);
    }
    return known;
  }

  /// Metrics without a sample are left out.
  String text() {
    StringBuilder text = new StringBuilder();
    samples.forEach(
        (name, lines) -> {
          if (!lines.isEmpty()) {
            text.append("# HELP turnout_%s %s%n".formatted(name, help.get(name)))
                .append("# TYPE turnout_%s gauge%n".formatted(name))
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
