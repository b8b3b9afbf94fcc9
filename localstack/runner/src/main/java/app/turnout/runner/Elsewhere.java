package app.turnout.runner;

import app.turnout.stores.EmbeddedPostgres;
import java.net.URI;
import java.util.Optional;

/// Stores that run without the runner. It makes in them what the template has, and neither empties
/// nor stops them.
///
/// @param aws where SQS and DynamoDB are, such as LocalStack
/// @param database where PostgreSQL is
public record Elsewhere(Optional<URI> aws, Optional<DatabaseAddress> database) {
  /// All stores are the runner's own.
  public static final Elsewhere NOTHING = new Elsewhere(Optional.empty(), Optional.empty());

  boolean isNothing() {
    return equals(NOTHING);
  }

  /// Where the queues are.
  ///
  /// @param host where this machine is
  /// @param ports on which the runner's own stores listen
  URI sqs(String host, LocalPorts ports) {
    return aws.orElseGet(() -> URI.create("http://" + host + ":" + ports.sqs()));
  }

  /// Where the tables are.
  URI dynamoDb(String host, LocalPorts ports) {
    return aws.orElseGet(() -> URI.create("http://" + host + ":" + ports.dynamoDb()));
  }

  /// Where the database is.
  ///
  /// @param name that the runner's own would have
  DatabaseAddress database(String host, LocalPorts ports, String name) {
    return database.orElseGet(
        () ->
            new DatabaseAddress(
                host,
                ports.postgres(),
                name,
                EmbeddedPostgres.SUPERUSER,
                EmbeddedPostgres.PASSWORD,
                ""));
  }
}
