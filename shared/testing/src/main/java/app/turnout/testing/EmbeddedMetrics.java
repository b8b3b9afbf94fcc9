package app.turnout.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Lines of CloudWatch's embedded metric format, as its specification wants them; CloudWatch leaves
/// out without a word what it cannot read:
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
public final class EmbeddedMetrics {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_DIMENSIONS = 30;
  private static final int MOST_METRICS = 100;
  private static final int LONGEST_NAME = 1024;
  private static final int LONGEST_VALUE = 250;
  private static final int MOST_BYTES = 256 * 1024;

  private static final Set<String> UNITS =
      Set.of(
          ("Seconds Microseconds Milliseconds Bytes Kilobytes Megabytes Gigabytes Terabytes Bits"
                  + " Kilobits Megabits Gigabits Terabits Percent Count Bytes/Second"
                  + " Kilobytes/Second Megabytes/Second Gigabytes/Second Terabytes/Second"
                  + " Bits/Second Kilobits/Second Megabits/Second Gigabits/Second"
                  + " Terabits/Second Count/Second None")
              .split(" "));

  private EmbeddedMetrics() {}

  /// Those among the lines of an output.
  public static List<JsonNode> in(Stream<String> lines) {
    return lines.filter(line -> line.startsWith("{\"_aws\":")).map(EmbeddedMetrics::read).toList();
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError("Not JSON: " + line, e);
    }
  }

  /// What is wrong with a line; nothing when CloudWatch would take all of it.
  public static List<String> faults(JsonNode line) {
    List<String> faults = new ArrayList<>();
    check(line.toString().length() <= MOST_BYTES, "the line is too long", faults);
    JsonNode timestamp = line.at("/_aws/Timestamp");
    check(timestamp.isIntegralNumber(), "Timestamp is no number of milliseconds", faults);
    JsonNode directives = line.at("/_aws/CloudWatchMetrics");
    check(directives.isArray() && !directives.isEmpty(), "there is no directive", faults);
    Set<String> named = new HashSet<>();
    for (JsonNode directive : directives) {
      check(!directive.path("Namespace").asText().isEmpty(), "there is no namespace", faults);
      check(
          directive.path("Namespace").asText().matches("[\\w./#:-]{1,256}"),
          "the namespace is not one",
          faults);
      checkDimensions(line, directive.path("Dimensions"), faults);
      checkMetrics(line, directive.path("Metrics"), named, faults);
    }
    return faults;
  }

  private static void checkDimensions(JsonNode line, JsonNode sets, List<String> faults) {
    check(sets.isArray() && !sets.isEmpty(), "there is no set of dimensions", faults);
    for (JsonNode set : sets) {
      check(
          set.isArray() && !set.isEmpty() && set.size() <= MOST_DIMENSIONS,
          "a set has no dimension, or too many",
          faults);
      for (JsonNode dimension : set) {
        JsonNode value = line.path(dimension.asText());
        check(
            value.isTextual()
                && !value.asText().isBlank()
                && value.asText().length() <= LONGEST_VALUE,
            dimension + " has no text",
            faults);
      }
    }
  }

  private static void checkMetrics(
      JsonNode line, JsonNode metrics, Set<String> named, List<String> faults) {
    check(
        metrics.isArray() && !metrics.isEmpty() && metrics.size() <= MOST_METRICS,
        "there is no metric, or there are too many",
        faults);
    for (JsonNode metric : metrics) {
      String name = metric.path("Name").asText();
      check(!name.isBlank() && name.length() <= LONGEST_NAME, "a metric has no name", faults);
      check(named.add(name), name + " is there twice", faults);
      check(UNITS.contains(metric.path("Unit").asText()), name + " has no unit", faults);
      check(line.path(name).isNumber(), name + " is no number", faults);
    }
  }

  private static void check(boolean isRight, String fault, List<String> faults) {
    if (!isRight) {
      faults.add(fault);
    }
  }
}
