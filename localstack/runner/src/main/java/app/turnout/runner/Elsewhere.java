package app.turnout.runner;

import app.turnout.stores.EmbeddedPostgres;
import java.net.URI;
import java.util.Optional;

/// Stores that run without the runner. It makes in them what the template has, and never stops
/// them.
///
/// @param aws where SQS and DynamoDB are
/// @param database where PostgreSQL is
public record Elsewhere(Optional<OtherAws> aws, Optional<DatabaseAddress> database) {
  /// All stores are the runner's own.
  public static final Elsewhere NOTHING = new Elsewhere(Optional.empty(), Optional.empty());

  /// Whether all that is kept is the runner's own: in an account of AWS it knows what it made.
  boolean mayBeEmptied() {
    return database.isEmpty() && emulator().isEmpty();
  }

  /// Whether queues and tables are AWS's own.
  boolean isAwsItself() {
    return aws.filter(OtherAws.Itself.class::isInstance).isPresent();
  }

  private Optional<URI> emulator() {
    return aws.flatMap(
        other ->
            switch (other) {
              case OtherAws.Emulator emulator -> Optional.of(emulator.endpoint());
              case OtherAws.Itself _ -> Optional.empty();
            });
  }

  /// Where the queues are, unless they are AWS's.
  ///
  /// @param host where this machine is
  /// @param ports on which the runner's own stores listen
  URI sqs(String host, LocalPorts ports) {
    return emulator().orElseGet(() -> URI.create("http://" + host + ":" + ports.sqs()));
  }

  /// Where the tables are, unless they are AWS's.
  URI dynamoDb(String host, LocalPorts ports) {
    return emulator().orElseGet(() -> URI.create("http://" + host + ":" + ports.dynamoDb()));
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
