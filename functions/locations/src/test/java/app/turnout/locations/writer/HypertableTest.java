package app.turnout.locations.writer;

import app.turnout.schema.Schema;
import app.turnout.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// TimescaleDB's hypertable, where one is to be had: `TURNOUT_TIMESCALE_URL` is the JDBC URL of an
/// empty database. It may be one that serves a single connection, and knows roles by `set role`
/// only.
@EnabledIfEnvironmentVariable(
    named = "TURNOUT_TIMESCALE_URL",
    matches = ".+",
    disabledReason = "No TimescaleDB: TURNOUT_TIMESCALE_URL is not set")
class HypertableTest extends PingTableContract {
  private static @Nullable Connection connection;

  @BeforeAll
  static void migrate() throws SQLException {
    String url = System.getenv("TURNOUT_TIMESCALE_URL");
    // Statements that an earlier connection prepared are still there.
    connection =
        DriverManager.getConnection(url + (url.contains("?") ? "&" : "?") + "prepareThreshold=0");
    new Schema(source("postgres"))
        .migrate(Map.of(TestDatabase.APP, "any", TestDatabase.JOBS, "any"));
  }

  @AfterAll
  static void disconnect() throws SQLException {
    if (connection != null) {
      connection.close();
    }
  }

  @Override
  DataSource owner() {
    return source("postgres");
  }

  @Override
  DataSource as(String role) {
    return source(role);
  }

  /// The one connection over and over, each time in this role.
  private static DataSource source(String role) {
    return proxy(
        DataSource.class,
        (method, arguments) -> {
          if (!method.getName().equals("getConnection")) {
            throw new UnsupportedOperationException(method.getName());
          }
          return borrowed(role);
        });
  }

  private static Connection borrowed(String role) throws SQLException {
    Connection open = connection;
    if (open == null) {
      throw new SQLException("not connected");
    }
    execute(open, "set role " + role);
    return proxy(
        Connection.class,
        (method, arguments) -> {
          if (method.getName().equals("close")) {
            if (!open.getAutoCommit()) {
              open.rollback();
              open.setAutoCommit(true);
            }
            execute(open, "reset role");
            return null;
          }
          try {
            return method.invoke(open, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private static void execute(Connection open, String sql) throws SQLException {
    try (Statement statement = open.createStatement()) {
      statement.execute(sql);
    }
  }

  private interface Call {
    @Nullable Object answer(
        java.lang.reflect.Method method, @Nullable Object @Nullable [] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            HypertableTest.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call.answer(method, arguments)));
  }
}
