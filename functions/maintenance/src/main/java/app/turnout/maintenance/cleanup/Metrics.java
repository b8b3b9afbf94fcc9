package app.turnout.maintenance.cleanup;

import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Metrics as lines on standard output, in CloudWatch's embedded metric format:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
@Singleton
final class Metrics {
  private final JsonMapper json;
  private final PrintStream out = System.out;

  Metrics(JsonMapper json) {
    this.json = json;
  }

  /// Writes one count of the namespace `Turnout`, by the dimension `function`.
  void count(String metric, long count, Instant now) {
    Map<String, Object> line =
        Map.of(
            "_aws",
            Map.of(
                "Timestamp",
                now.toEpochMilli(),
                "CloudWatchMetrics",
                List.of(
                    Map.of(
                        "Namespace",
                        "Turnout",
                        "Dimensions",
                        List.of(List.of("function")),
                        "Metrics",
                        List.of(Map.of("Name", metric, "Unit", "Count"))))),
            "function",
            "cleanup",
            metric,
            count);
    try {
      out.println(json.writeValueAsString(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
