package app.turnout.maintenance.cleanup;

import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Metrics as lines on standard output, in CloudWatch's embedded metric format:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
@Singleton
final class Metrics {
  private final JsonMapper json;

  Metrics(JsonMapper json) {
    this.json = json;
  }

  /// Writes one count of the namespace `Turnout`, by the dimension `function`.
  void count(String metric, long count, Instant now) {
    Map<String, Object> definition = new TreeMap<>();
    definition.put("Namespace", "Turnout");
    definition.put("Dimensions", List.of(List.of("function")));
    definition.put("Metrics", List.of(new TreeMap<>(Map.of("Name", metric, "Unit", "Count"))));
    Map<String, Object> metadata = new TreeMap<>();
    metadata.put("Timestamp", now.toEpochMilli());
    metadata.put("CloudWatchMetrics", List.of(definition));
    Map<String, Object> line = new TreeMap<>();
    line.put("_aws", metadata);
    line.put("function", "cleanup");
    line.put(metric, count);
    try {
      System.out.println(json.writeValueAsString(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
