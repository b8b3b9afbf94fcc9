package app.turnout.eta.refresh;

import app.turnout.platform.lambda.LambdaFunction;
import app.turnout.platform.logging.LogFacts;
import app.turnout.platform.tracing.TraceHeader;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.micronaut.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The function `eta-refresh`. A date that several messages of a batch name is looked at once. A
/// message that fails is reported alone, comes again, and ends as a dead letter.
public final class EtaRefreshFunction extends LambdaFunction
    implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(EtaRefreshFunction.class);

  private final JsonMapper json;
  private final RefreshEtas refreshEtas;

  /// Started by Lambda.
  public EtaRefreshFunction() {
    this(Map.of());
  }

  /// As above, with properties that go before all others; for tests.
  public EtaRefreshFunction(Map<String, Object> properties) {
    super(properties);
    this.json = context.getBean(JsonMapper.class);
    this.refreshEtas = context.getBean(RefreshEtas.class);
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent batch, @Nullable Context lambda) {
    return callForBatch(batch, lambda, () -> refresh(batch));
  }

  private SQSBatchResponse refresh(SQSEvent batch) {
    List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
    Map<RefreshMessage, Boolean> done = new HashMap<>();
    for (SQSEvent.SQSMessage message : batch.getRecords()) {
      if (!isDone(message, done)) {
        failures.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  private boolean isDone(SQSEvent.SQSMessage message, Map<RefreshMessage, Boolean> done) {
    TraceHeader before = LogFacts.follow(traceHeader(message));
    try {
      RefreshMessage asked = RefreshMessage.parse(json, message.getBody());
      LogFacts.enter(asked.organization());
      if (!done.containsKey(asked)) {
        done.put(asked, false);
        refreshEtas.refresh(asked.organization(), asked.occurrence());
        done.put(asked, true);
      }
      return done.getOrDefault(asked, false);
    } catch (RuntimeException e) {
      LOG.error("Message {} failed", message.getMessageId(), e);
      return false;
    } finally {
      LogFacts.enter(null);
      LogFacts.trace(before);
    }
  }
}
