package app.turnout.platform.lambda;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.Environment;
import io.micronaut.function.aws.LambdaApplicationContextBuilder;
import io.micronaut.function.aws.MicronautLambdaContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The beans that a function starts with.
public final class FunctionContext {
  /// Lambda's own, set wherever its runtime is.
  private static final String INITIALIZATION = "AWS_LAMBDA_INITIALIZATION_TYPE";

  static {
    if (System.getenv(INITIALIZATION) != null) {
      // Jdbi's first statement would wait until Flight Recorder is set up, which nobody reads
      // there.
      System.setProperty("jfr.unsupported.vm", "true");
    }
    PackagedServices.use();
  }

  private static final Logger LOG = LoggerFactory.getLogger(FunctionContext.class);

  private FunctionContext() {}

  /// Starts with what the function itself asks for; any other bean is made when something needs it,
  /// so that nobody waits for what a call does not use. Where a snapshot is about to be taken
  /// (SnapStart), every singleton is made at once, for the snapshot to hold it.
  ///
  /// @param properties go before all others; for tests
  public static ApplicationContext start(Map<String, Object> properties) {
    return builder().deduceEnvironment(false).banner(false).properties(properties).start();
  }

  /// Begins to connect to the database, so that the first call, for which there is still some work
  /// to do, finds a connection in the pool. Not where a snapshot is about to be taken: no
  /// connection is in that. When the database does not answer, who asks it next is told.
  public static void connect(ApplicationContext context) {
    if (isForSnapshot()) {
      return;
    }
    DataSource database = context.getBean(DataSource.class);
    Thread.ofPlatform().daemon().name("first-connection").start(() -> connect(database));
  }

  private static void connect(DataSource database) {
    try (Connection _ = database.getConnection()) {
      LOG.debug("Connected to the database");
    } catch (SQLException | RuntimeException e) {
      LOG.debug("Not connected to the database yet", e);
    }
  }

  /// Whether a snapshot is taken of this process once its function has started.
  public static boolean isForSnapshot() {
    return "snap-start".equals(System.getenv(INITIALIZATION));
  }

  private static ApplicationContextBuilder builder() {
    return isForSnapshot()
        ? new LambdaApplicationContextBuilder()
        : ApplicationContext.builder(
            Environment.FUNCTION, MicronautLambdaContext.ENVIRONMENT_LAMBDA);
  }
}
