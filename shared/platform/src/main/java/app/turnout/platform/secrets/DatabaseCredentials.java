package app.turnout.platform.secrets;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;

/// Gives the connection pool the user and password of `turnout.secrets.database`, a secret as RDS
/// keeps it: `{"username": …, "password": …}`.
@Singleton
final class DatabaseCredentials implements BeanCreatedEventListener<DatasourceConfiguration> {
  private final Secrets secrets;
  private final JsonMapper json;

  DatabaseCredentials(Secrets secrets, JsonMapper json) {
    this.secrets = secrets;
    this.json = json;
  }

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    DatasourceConfiguration pool = event.getBean();
    // PostgreSQL quotes the row in an error's detail, and exceptions end in logs.
    pool.addDataSourceProperty("logServerErrorDetail", "false");
    secrets
        .find("database")
        .ifPresent(
            secret -> {
              try {
                Map<?, ?> credentials = json.readValue(secret, Map.class);
                pool.setUsername(String.valueOf(credentials.get("username")));
                pool.setPassword(String.valueOf(credentials.get("password")));
              } catch (IOException e) {
                throw new IllegalStateException("turnout.secrets.database is not JSON", e);
              }
            });
    return pool;
  }
}
