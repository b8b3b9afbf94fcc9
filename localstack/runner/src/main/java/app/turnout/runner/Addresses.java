package app.turnout.runner;

import app.turnout.stores.EmbeddedPostgres;
import java.nio.file.Path;

/// What the user is told when everything is up.
final class Addresses {
  private Addresses() {}

  /// @param data where the runner keeps what it keeps
  static String of(Runner runner, Path data) {
    String clock = runner.clock().isSet() ? clock(runner.clock()) : "";
    return """

      Turnout     %s
      Metrics     %smetrics, with the bearer token in %s
      Mailbox     %s
      PostgreSQL  %s?user=%s&password=%s
      SQS         %s
      DynamoDB    %s
    %s
    Ctrl-C ends it.
    """
        .formatted(
            runner.front(),
            runner.front().toString().replaceAll("(?<!/)$", "/"),
            data.resolve("secrets/MetricsToken"),
            runner.mailbox(),
            runner.jdbcUrl(),
            EmbeddedPostgres.SUPERUSER,
            EmbeddedPostgres.PASSWORD,
            runner.sqs(),
            runner.dynamoDb(),
            clock);
  }

  private static String clock(ProductClock clock) {
    return "  Clock       from %s, %s times as fast%n".formatted(clock.start(), clock.speed());
  }
}
