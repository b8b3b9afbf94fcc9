package app.turnout.runner;

import app.turnout.stores.EmbeddedPostgres;
import java.net.URI;
import java.util.Optional;
import javax.sql.DataSource;

/// The stores as the runner's users see them.
///
/// @param postgres the runner's own server, unless the database is elsewhere
/// @param resources what tells the queues' URLs
record RunningStores(
    Optional<EmbeddedPostgres> postgres,
    DatabaseAddress database,
    URI dynamoDb,
    LocalResources resources) {
  String jdbcUrl() {
    return database.jdbcUrl();
  }

  DataSource superuser() {
    return database.connections(database.database());
  }

  URI sqs() {
    return resources.aws().sqs();
  }

  String queueUrl(String name) {
    return resources.aws().queueUrl(resources.name(name));
  }
}
