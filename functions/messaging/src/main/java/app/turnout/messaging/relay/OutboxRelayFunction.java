package app.turnout.messaging.relay;

import app.turnout.platform.lambda.LambdaFunction;
import app.turnout.platform.outbox.OutboxNudge;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The function `outbox-relay`. Its events say only that it is time: those of the queue, that
/// something was just written; those of the schedule, that something may be due again. So it takes
/// both, and looks into neither. The answer is an SQS batch response without failures, which a
/// schedule ignores; when the database is away the call fails, and the queue wakes it again.
public final class OutboxRelayFunction extends LambdaFunction
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxRelayFunction.class);

  /// Enough for a mail server that is slow, not for one that hangs at every step: that one's
  /// message is cut off with the call, and comes again.
  private static final int ENOUGH_MILLIS = 10_000;

  private final Relay relay;
  private final OutboxNudge nudge;

  /// Started by Lambda.
  public OutboxRelayFunction() {
    this(Map.of());
  }

  OutboxRelayFunction(Map<String, Object> properties) {
    super(properties);
    this.relay = context.getBean(Relay.class);
    this.nudge = context.getBean(OutboxNudge.class);
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context lambda) {
    return call(lambda, () -> relay(lambda));
  }

  private Map<String, Object> relay(Context lambda) {
    Relay.Ended ended = relay.run(() -> lambda.getRemainingTimeInMillis() > ENOUGH_MILLIS);
    switch (ended) {
      case NOTHING_DUE -> {}
      case OUT_OF_TIME -> {
        LOG.info("There is more to send than one call has time for");
        nudge.wakeRelay();
      }
    }
    return Map.of("batchItemFailures", List.of());
  }
}
