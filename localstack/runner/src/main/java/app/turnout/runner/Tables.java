package app.turnout.runner;

import app.turnout.runner.template.TableSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes the template's tables. Time to live stays off: it would count by the system's clock.
final class Tables {
  /// AWS takes some seconds to make a table.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final long PAUSE_MILLIS = 500;

  private Tables() {}

  /// Makes those that are not there yet, and waits until all can be used.
  ///
  /// @param tags of those that are made
  static void create(AwsJson dynamoDb, List<TableSpec> tables, Map<String, String> tags) {
    each(tables, table -> make(dynamoDb, table, tags));
    long end = System.nanoTime() + PATIENCE.toNanos();
    each(tables, table -> await(dynamoDb, table, end));
  }

  @FunctionalInterface
  private interface Step {
    void take(TableSpec table) throws IOException, InterruptedException;
  }

  private static void each(List<TableSpec> tables, Step step) {
    for (TableSpec table : tables) {
      try {
        step.take(table);
      } catch (IOException e) {
        throw new RunnerException(
            "cannot make the table " + table.name() + ": " + AwsJson.reason(e), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RunnerException("interrupted while tables were made", e);
      }
    }
  }

  private static void make(AwsJson dynamoDb, TableSpec table, Map<String, String> tags)
      throws IOException, InterruptedException {
    Map<String, Object> creation = new LinkedHashMap<>(table.creation());
    if (!tags.isEmpty()) {
      creation.put(
          "Tags",
          tags.entrySet().stream()
              .map(tag -> Map.of("Key", tag.getKey(), "Value", tag.getValue()))
              .toList());
    }
    try {
      dynamoDb.call("CreateTable", creation);
    } catch (AwsJson.Refusal e) {
      if (!e.type().equals("ResourceInUseException")) {
        throw e;
      }
    }
  }

  private static void await(AwsJson dynamoDb, TableSpec table, long end)
      throws IOException, InterruptedException {
    while (!dynamoDb
        .call("DescribeTable", Map.of("TableName", table.name()))
        .at("/Table/TableStatus")
        .asText()
        .equals("ACTIVE")) {
      if (System.nanoTime() > end) {
        throw new IOException("after " + PATIENCE.toSeconds() + " s it is still not there");
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}
