package app.turnout.runner;

import app.turnout.stores.EmbeddedPostgres;
import java.net.URI;
import javax.sql.DataSource;

/// The stores as the runner's users see them.
///
/// @param database the product's on the server
/// @param resources what tells the queues' URLs
record RunningStores(
    EmbeddedPostgres postgres, String database, URI sqs, URI dynamoDb, LocalResources resources) {
  String jdbcUrl() {
    return postgres.jdbcUrl(database);
  }

  DataSource superuser() {
    return postgres.superuser(database);
  }

  String queueUrl(String name) {
    return resources.queueUrl(name);
  }
}
