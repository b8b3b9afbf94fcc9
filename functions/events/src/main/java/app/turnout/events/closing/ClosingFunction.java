package app.turnout.events.closing;

import app.turnout.platform.lambda.LambdaFunction;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The function `closing`, every minute. Safe to run twice, late, or two at once; what time it is,
/// the product's clock says.
public final class ClosingFunction extends LambdaFunction
    implements RequestHandler<ScheduledEvent, @Nullable Void> {
  private static final int ENOUGH_MILLIS = 20_000;

  private final FollowTime followTime;

  /// Started by Lambda.
  public ClosingFunction() {
    this(Map.of());
  }

  ClosingFunction(Map<String, Object> properties) {
    super(properties);
    this.followTime = context.getBean(FollowTime.class);
  }

  @Override
  public @Nullable Void handleRequest(ScheduledEvent event, @Nullable Context lambda) {
    BooleanSupplier isTimeLeft =
        () -> lambda == null || lambda.getRemainingTimeInMillis() > ENOUGH_MILLIS;
    return call(
        lambda,
        () -> {
          followTime.run(isTimeLeft);
          return null;
        });
  }
}
