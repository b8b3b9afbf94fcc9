package app.turnout.platform.lambda;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.Environment;
import io.micronaut.function.aws.LambdaApplicationContextBuilder;
import io.micronaut.function.aws.MicronautLambdaContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// The beans that a function starts with.
public final class FunctionContext {
  /// Lambda's own, set wherever its runtime is.
  private static final String INITIALIZATION = "AWS_LAMBDA_INITIALIZATION_TYPE";

  /// Lambda's own: where it unpacked this function.
  private static final String PACKAGED = "LAMBDA_TASK_ROOT";

  static {
    if (System.getenv(INITIALIZATION) != null) {
      // Jdbi's first statement would wait until Flight Recorder is set up, which nobody reads
      // there.
      System.setProperty("jfr.unsupported.vm", "true");
      PackagedServices.use(Path.of(Objects.requireNonNullElse(System.getenv(PACKAGED), ".")));
    }
  }

  private FunctionContext() {}

  /// Starts with what the function itself asks for; any other bean is made when something needs it,
  /// so that nobody waits for what a call does not use. Where a snapshot is about to be taken
  /// (SnapStart), every singleton is made at once, for the snapshot to hold it.
  ///
  /// @param properties go before all others; for tests
  public static ApplicationContext start(Map<String, Object> properties) {
    return builder().deduceEnvironment(false).banner(false).properties(properties).start();
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
