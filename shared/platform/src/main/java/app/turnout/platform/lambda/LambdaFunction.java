package app.turnout.platform.lambda;

import app.turnout.platform.logging.LogFacts;
import com.amazonaws.services.lambda.runtime.Context;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.LambdaApplicationContextBuilder;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A function that queues or schedules call: beans of its own, and calls whose log says which call
/// it was.
public abstract class LambdaFunction implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LambdaFunction.class);

  /// The beans of this function.
  protected final ApplicationContext context;

  private final @Nullable String name;

  /// Starts the function's own context.
  ///
  /// @param properties go before all others; for tests
  protected LambdaFunction(Map<String, Object> properties) {
    this(
        new LambdaApplicationContextBuilder()
            .deduceEnvironment(false)
            .banner(false)
            .properties(properties)
            .start());
  }

  /// With a context that was started before; for tests.
  protected LambdaFunction(ApplicationContext context) {
    this.context = context;
    this.name = context.getProperty("turnout.function", String.class).orElse(null);
  }

  /// The beans of this function; for tests.
  public final ApplicationContext context() {
    return context;
  }

  /// Does a call's work. What it throws is logged here, once and without its words.
  ///
  /// @throws CallFailedException when the work throws
  protected final <T extends @Nullable Object> T call(@Nullable Context lambda, Supplier<T> work) {
    LogFacts.begin(name, lambda);
    try {
      return work.get();
    } catch (RuntimeException e) {
      LOG.error("The call failed", e);
      throw new CallFailedException(e);
    } finally {
      LogFacts.end();
    }
  }

  /// Closes pools and clients.
  @Override
  public void close() {
    context.close();
  }
}
