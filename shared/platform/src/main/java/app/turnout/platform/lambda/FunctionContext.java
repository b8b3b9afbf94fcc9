package app.turnout.platform.lambda;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.function.aws.MicronautLambdaContext;
import java.util.Map;

/// The beans that a function starts with.
public final class FunctionContext {
  private FunctionContext() {}

  /// Starts with what the function itself asks for; any other bean is made when something needs it,
  /// so that nobody waits for what a call does not use. Before a snapshot, all are made at once.
  ///
  /// @param properties go before all others; for tests
  public static ApplicationContext start(Map<String, Object> properties) {
    // Micronaut's own builder for Lambda is not used: it makes every singleton at once.
    return ApplicationContext.builder(
            Environment.FUNCTION, MicronautLambdaContext.ENVIRONMENT_LAMBDA)
        .deduceEnvironment(false)
        .banner(false)
        .properties(properties)
        .start();
  }
}
