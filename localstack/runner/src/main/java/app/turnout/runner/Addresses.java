package app.turnout.runner;

import app.turnout.runner.aws.AwsNames;
import app.turnout.stores.EmbeddedPostgres;
import java.nio.file.Path;

/// What the user is told when everything is up.
final class Addresses {
  private Addresses() {}

  static String of(Runner runner, RunnerOptions options) {
    String clock = runner.clock().isSet() ? clock(runner.clock()) : "";
    return """

      Turnout     %s
      Metrics     %smetrics, with the bearer token in %s
      Mailbox     %s
      PostgreSQL  %s
      SQS         %s
      DynamoDB    %s
    %s%s
    Ctrl-C ends it.
    """
        .formatted(
            runner.front(),
            runner.front().toString().replaceAll("(?<!/)$", "/"),
            options.data().resolve("secrets/MetricsToken"),
            runner.mailbox(),
            options.elsewhere().database().isPresent()
                ? runner.jdbcUrl()
                : "%s?user=%s&password=%s"
                    .formatted(
                        runner.jdbcUrl(), EmbeddedPostgres.SUPERUSER, EmbeddedPostgres.PASSWORD),
            runner.sqs(),
            runner.dynamoDb(),
            options.elsewhere().isAwsItself() ? names(runner.names()) : "",
            clock);
  }

  /// @param data where the files for sam are
  static String of(LocalStores stores, Path data) {
    return """

      PostgreSQL  %s?user=%s&password=%s
      SQS         %s
      DynamoDB    %s
      Mailbox     %s
      Containers  find them at host.docker.internal%s
      For sam     %s, %s

    Ctrl-C ends it.
    """
        .formatted(
            stores.stores().jdbcUrl(),
            EmbeddedPostgres.SUPERUSER,
            EmbeddedPostgres.PASSWORD,
            stores.stores().sqs(),
            stores.stores().dynamoDb(),
            stores.mailbox(),
            stores.containers().map(address -> ", " + address.getHostAddress()).orElse(""),
            data.resolve(SamFiles.ENVIRONMENT),
            data.resolve(SamFiles.PARAMETERS));
  }

  private static String names(AwsNames names) {
    return "  In AWS      account %s, %s, under names that begin with %s; --remove deletes them%n"
        .formatted(names.place().account(), names.place().region(), names.prefix());
  }

  private static String clock(ProductClock clock) {
    return "  Clock       from %s, %s times as fast%n".formatted(clock.start(), clock.speed());
  }
}
