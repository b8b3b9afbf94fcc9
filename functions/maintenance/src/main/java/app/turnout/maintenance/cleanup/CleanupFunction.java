package app.turnout.maintenance.cleanup;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.MicronautRequestHandler;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// The function `cleanup`, every hour. Safe to run twice, or late; what time it is, the product's
/// clock says.
public final class CleanupFunction extends MicronautRequestHandler<ScheduledEvent, @Nullable Void> {
  @Inject Cleanup cleanup;

  /// Started by Lambda.
  public CleanupFunction() {}

  CleanupFunction(ApplicationContext context) {
    super(context);
  }

  @Override
  public @Nullable Void execute(ScheduledEvent event) {
    cleanup.run();
    return null;
  }
}
