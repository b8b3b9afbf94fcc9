package app.turnout.testing;

import app.turnout.schema.Schema;
import app.turnout.stores.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

/// A migrated PostgreSQL database for each test class that registers it in a static field, on one
/// server a JVM. The public key of [TestTokens] is there.
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {
  /// The role of HTTP functions.
  public static final String APP = "turnout_app";

  /// The role of jobs and consumers.
  public static final String JOBS = "turnout_jobs";

  private static final String PASSWORD = "password-of-the-tests";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private String name = "";
  private Optional<KeptConnections> kept = Optional.empty();

  /// The server, and a database that the others are copies of.
  private static final class Server {
    static final EmbeddedPostgres POSTGRES = EmbeddedPostgres.fresh();
    static final String TEMPLATE = "migrated";

    static {
      POSTGRES.createDatabase(TEMPLATE);
      DataSource owner = POSTGRES.superuser(TEMPLATE);
      try {
        new Schema(owner).migrate(Map.of(APP, PASSWORD, JOBS, PASSWORD));
        publishKey(owner);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void publishKey(DataSource owner) throws SQLException {
      try (Connection connection = owner.getConnection();
          PreparedStatement insert =
              connection.prepareStatement(
                  """
                  insert into signing_keys (key_id, public_key, created_at, signs_from)
                  values (?, ?, timestamptz '2000-01-01 00:00Z', timestamptz '2000-01-01 00:00Z')
                  """)) {
        insert.setString(1, TestTokens.KEY_ID);
        insert.setString(2, TestTokens.publicKey());
        insert.executeUpdate();
      }
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) throws SQLException {
    name = "test" + COUNT.incrementAndGet();
    administer("create database " + name + " template " + Server.TEMPLATE);
    kept = Optional.of(new KeptConnections(Server.POSTGRES.superuser(name)));
  }

  @Override
  public void afterAll(ExtensionContext context) throws SQLException {
    if (kept.isPresent()) {
      kept.get().close();
    }
    administer("drop database " + name + " with (force)");
  }

  private static void administer(String sql) throws SQLException {
    try (Connection connection = Server.POSTGRES.superuser("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// What a function needs to connect as this role.
  public Map<String, Object> properties(String role) {
    return Map.of(
        "datasources.default.url",
        Server.POSTGRES.jdbcUrl(name),
        "turnout.secrets.database",
        "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(role, PASSWORD));
  }

  /// Connections that may do everything, past row-level security. Those that were closed are given
  /// out again, as new.
  public DataSource owner() {
    return kept.orElseThrow();
  }

  /// Connections as this role; no pool.
  public DataSource as(String role) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(Server.POSTGRES.jdbcUrl(name));
    source.setUser(role);
    source.setPassword(PASSWORD);
    return source;
  }
}
