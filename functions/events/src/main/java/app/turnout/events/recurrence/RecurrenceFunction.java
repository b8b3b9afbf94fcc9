package app.turnout.events.recurrence;

import app.turnout.events.series.FollowClocks;
import app.turnout.events.series.GoOn;
import app.turnout.platform.lambda.LambdaFunction;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The function `recurrence`, every hour. Safe to run twice, late, or two at once; what time it is,
/// the product's clock says.
public final class RecurrenceFunction extends LambdaFunction
    implements RequestHandler<ScheduledEvent, @Nullable Void> {
  private static final int ENOUGH_MILLIS = 20_000;

  private final GoOn goOn;
  private final FollowClocks followClocks;

  /// Started by Lambda.
  public RecurrenceFunction() {
    this(Map.of());
  }

  RecurrenceFunction(Map<String, Object> properties) {
    super(properties);
    this.goOn = context.getBean(GoOn.class);
    this.followClocks = context.getBean(FollowClocks.class);
  }

  @Override
  public @Nullable Void handleRequest(ScheduledEvent event, @Nullable Context lambda) {
    BooleanSupplier isTimeLeft =
        () -> lambda == null || lambda.getRemainingTimeInMillis() > ENOUGH_MILLIS;
    return call(
        lambda,
        () -> {
          goOn.makeAhead(isTimeLeft);
          followClocks.follow(isTimeLeft);
          return null;
        });
  }
}
