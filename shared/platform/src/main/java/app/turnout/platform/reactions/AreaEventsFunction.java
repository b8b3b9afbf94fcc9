package app.turnout.platform.reactions;

import app.turnout.platform.lambda.LambdaFunction;
import app.turnout.platform.logging.LogFacts;
import app.turnout.platform.tracing.TraceHeader;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Lambda function behind the queue `<area>-events`: an area extends it with a public no-argument
/// constructor, and its [AreaEventHandler]s react. A message that fails is reported alone, comes
/// again, and ends as a dead letter.
public abstract class AreaEventsFunction extends LambdaFunction
    implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(AreaEventsFunction.class);
  private static final int ENOUGH_MILLIS = 10_000;

  private final JsonMapper json;
  private final Map<String, AreaEventHandler> handlers;

  /// Starts the function's own context.
  protected AreaEventsFunction() {
    this(Map.of());
  }

  /// As above, with properties that go before all others; for tests.
  protected AreaEventsFunction(Map<String, Object> properties) {
    super(properties);
    this.json = context.getBean(JsonMapper.class);
    this.handlers =
        context.getBeansOfType(AreaEventHandler.class).stream()
            .collect(Collectors.toMap(AreaEventHandler::kind, Function.identity()));
  }

  @Override
  public final SQSBatchResponse handleRequest(SQSEvent batch, Context lambda) {
    return callForBatch(batch, lambda, () -> react(batch, lambda));
  }

  private SQSBatchResponse react(SQSEvent batch, Context lambda) {
    List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
    for (SQSEvent.SQSMessage message : batch.getRecords()) {
      if (!isHandled(message, lambda)) {
        failures.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  private boolean isHandled(SQSEvent.SQSMessage message, Context lambda) {
    TraceHeader before = LogFacts.follow(traceHeader(message));
    try {
      AreaEvent event = json.readValue(message.getBody(), AreaEvent.class);
      AreaEventHandler handler = handlers.get(event.kind());
      if (handler == null) {
        // A newer version may have sent it, and be here soon.
        LOG.error("Message {} is of kind {}, unknown here", message.getMessageId(), event.kind());
        return false;
      }
      LogFacts.enter(event.findOrganization().orElse(null));
      handler.handle(event, () -> lambda.getRemainingTimeInMillis() > ENOUGH_MILLIS);
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.error("Message {} failed", message.getMessageId(), e);
      return false;
    } finally {
      LogFacts.enter(null);
      LogFacts.trace(before);
    }
  }
}
