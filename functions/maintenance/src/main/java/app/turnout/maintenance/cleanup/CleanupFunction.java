package app.turnout.maintenance.cleanup;

import app.turnout.platform.lambda.LambdaFunction;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The function `cleanup`, every hour. Safe to run twice, or late; what time it is, the product's
/// clock says.
public final class CleanupFunction extends LambdaFunction
    implements RequestHandler<ScheduledEvent, @Nullable Void> {
  private final Cleanup cleanup;

  /// Started by Lambda.
  public CleanupFunction() {
    super(Map.of());
    this.cleanup = context.getBean(Cleanup.class);
  }

  CleanupFunction(ApplicationContext context) {
    super(context);
    this.cleanup = context.getBean(Cleanup.class);
  }

  @Override
  public @Nullable Void handleRequest(ScheduledEvent event, @Nullable Context lambda) {
    return call(
        lambda,
        () -> {
          cleanup.run();
          return null;
        });
  }
}
