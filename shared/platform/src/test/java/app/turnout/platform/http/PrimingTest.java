package app.turnout.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import app.turnout.platform.persistence.Database;
import app.turnout.platform.security.AccessTokens;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import app.turnout.testing.TestTokens;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.crac.CheckpointException;
import org.crac.Context;
import org.crac.Resource;
import org.crac.RestoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a function does before a snapshot of it is taken, and what it finds after.
class PrimingTest {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  /// Lambda's part.
  private static final class Snapshots extends Context<Resource> {
    private final List<Resource> resources = new ArrayList<>();

    @Override
    public void register(Resource resource) {
      resources.add(resource);
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) throws CheckpointException {
      for (Resource resource : resources) {
        try {
          resource.beforeCheckpoint(this);
        } catch (Exception e) {
          CheckpointException failure = new CheckpointException();
          failure.addSuppressed(e);
          throw failure;
        }
      }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) throws RestoreException {
      for (Resource resource : resources) {
        try {
          resource.afterRestore(this);
        } catch (Exception e) {
          RestoreException failure = new RestoreException();
          failure.addSuppressed(e);
          throw failure;
        }
      }
    }
  }

  private static class GuardedFunction extends HttpFunction {
    GuardedFunction(Map<String, Object> others) {
      super(properties(others));
    }

    private static Map<String, Object> properties(Map<String, Object> others) {
      Map<String, Object> properties =
          new HashMap<>(TestFunctions.properties("guarded", DATABASE, TestDatabase.APP));
      properties.put("aws.region", "eu-west-1");
      properties.put("aws.access-key-id", "none");
      properties.put("aws.secret-access-key", "none");
      properties.putAll(others);
      return properties;
    }
  }

  private static final class PrimedFunction extends GuardedFunction {
    PrimedFunction() {
      super(Map.of());
    }

    @Override
    protected List<String> primedBy() {
      return List.of("/guarded/news");
    }
  }

  @Test
  void noConnectionIsInTheSnapshotAndNoEndpointWasCalled() throws Exception {
    try (GuardedFunction function = new GuardedFunction(Map.of())) {
      Snapshots snapshots = new Snapshots();
      snapshots.register(function.priming());

      snapshots.beforeCheckpoint(snapshots);

      HikariDataSource pool = (HikariDataSource) function.context().getBean(DataSource.class);
      assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isZero();
      awaitNoConnections();
      assertThat(function.context().getBean(GuardedController.class).calls()).isZero();

      snapshots.afterRestore(snapshots);
      Database database = function.context().getBean(Database.class);
      int one =
          database.inTransaction(
              () -> database.handle().createQuery("select 1").mapTo(Integer.class).one());
      assertThat(one).isEqualTo(1);
    }
  }

  @Test
  void whatAFunctionNamesIsAskedForBeforeTheSnapshotAndNothingElse() throws Exception {
    try (PrimedFunction function = new PrimedFunction()) {
      function.priming().beforeCheckpoint(new Snapshots());

      GuardedController controller = function.context().getBean(GuardedController.class);
      assertThat(controller.reads()).isPositive();
      assertThat(controller.calls()).isZero();
    }
  }

  @Test
  void whatWasReadForTheSnapshotIsReadAnewAfterIt() throws Exception {
    try (GuardedFunction function = new GuardedFunction(Map.of())) {
      SettableTime time = function.context().getBean(SettableTime.class);
      AccessTokens tokens = function.context().getBean(AccessTokens.class);
      String bearer = "Bearer " + TestTokens.accessToken(new UUID(1, 1), null, time.instant());

      function.priming().beforeCheckpoint(new Snapshots());
      execute("update signing_keys set key_id = reverse(key_id)");
      try {
        assertThat(tokens.holder(bearer)).as("keys were read before").isPresent();
        time.set(time.instant().plus(Duration.ofMinutes(2)));
        assertThat(tokens.holder(bearer)).as("and are read again").isEmpty();
      } finally {
        execute("update signing_keys set key_id = reverse(key_id)");
      }
    }
  }

  @Test
  void snapshotIsTakenWithoutTheDatabaseToo() {
    try (GuardedFunction function =
        new GuardedFunction(
            Map.of(
                "datasources.default.url", "jdbc:postgresql://localhost:1/none",
                "datasources.default.connection-timeout", "250"))) {
      assertThatCode(() -> function.priming().beforeCheckpoint(new Snapshots()))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void functionWithoutGuardedRoutesHasOne() {
    try (EdgeFunction function = new EdgeFunction()) {
      assertThatCode(() -> function.priming().beforeCheckpoint(new Snapshots()))
          .doesNotThrowAnyException();
    }
  }

  /// Its pool closes them in a thread of its own.
  private static void awaitNoConnections() throws SQLException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (connections() > 0) {
      assertThat(System.nanoTime()).as("connections stay").isLessThan(deadline);
    }
  }

  private static int connections() throws SQLException {
    try (Connection connection = DATABASE.owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select count(*) from pg_stat_activity
                where usename = 'turnout_app' and datname = current_database()
                """)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = DATABASE.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
