package app.turnout.runner;

import app.turnout.runner.template.TableSpec;
import java.io.IOException;
import java.util.List;

/// Makes the template's tables. Time to live stays off: it would count by the system's clock.
final class Tables {
  private Tables() {}

  static void create(AwsJson dynamoDb, List<TableSpec> tables) {
    for (TableSpec table : tables) {
      try {
        dynamoDb.call("CreateTable", table.creation());
      } catch (AwsJson.Refusal e) {
        if (!e.type().equals("ResourceInUseException")) {
          throw new RunnerException(
              "cannot make the table " + table.name() + ": " + e.getMessage(), e);
        }
      } catch (IOException e) {
        throw new RunnerException(
            "cannot make the table " + table.name() + ": " + AwsJson.reason(e), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RunnerException("interrupted while tables were made", e);
      }
    }
  }
}
