package app.turnout.locations.arrivals;

import app.turnout.platform.lambda.LambdaFunction;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The function `arrivals`, every minute. Safe to run twice, or late.
public final class ArrivalsFunction extends LambdaFunction
    implements RequestHandler<ScheduledEvent, @Nullable Void> {
  private final MarkSilentArrivals markSilentArrivals;

  /// Started by Lambda.
  public ArrivalsFunction() {
    super(Map.of());
    this.markSilentArrivals = context.getBean(MarkSilentArrivals.class);
  }

  ArrivalsFunction(ApplicationContext context) {
    super(context);
    this.markSilentArrivals = context.getBean(MarkSilentArrivals.class);
  }

  @Override
  public @Nullable Void handleRequest(ScheduledEvent event, @Nullable Context lambda) {
    return call(
        lambda,
        () -> {
          markSilentArrivals.run();
          return null;
        });
  }
}
