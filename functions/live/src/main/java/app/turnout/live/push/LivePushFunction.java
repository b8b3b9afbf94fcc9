package app.turnout.live.push;

import app.turnout.domain.OccurrenceId;
import app.turnout.platform.lambda.LambdaFunction;
import app.turnout.platform.live.LiveUpdate;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The function `live-push`. Its queue gives out what concerns one date to one call at a time; what
/// a call is given of a date is told together. What fails of a date comes again, with all that
/// comes after it there; other dates go on.
public final class LivePushFunction extends LambdaFunction
    implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(LivePushFunction.class);

  private final PushUpdates pushUpdates;

  /// Started by Lambda.
  public LivePushFunction() {
    this(Map.of());
  }

  LivePushFunction(Map<String, Object> properties) {
    super(properties);
    this.pushUpdates = context.getBean(PushUpdates.class);
  }

  /// What came of one date.
  private record Group(List<LiveUpdate> updates, List<String> messages) {
    Group() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent batch, @Nullable Context lambda) {
    return callForBatch(batch, lambda, () -> push(batch));
  }

  private SQSBatchResponse push(SQSEvent batch) {
    List<String> failed = new ArrayList<>();
    Map<OccurrenceId, Group> groups = new LinkedHashMap<>();
    for (SQSEvent.SQSMessage message : batch.getRecords()) {
      try {
        LiveUpdate update = LiveUpdate.parse(message.getBody());
        Group group = groups.computeIfAbsent(update.occurrence(), _ -> new Group());
        group.updates().add(update);
        group.messages().add(message.getMessageId());
      } catch (IllegalArgumentException e) {
        LOG.error("Message {} is not an update", message.getMessageId(), e);
        failed.add(message.getMessageId());
      }
    }
    groups.forEach(
        (occurrence, group) -> {
          try {
            pushUpdates.push(occurrence, group.updates());
          } catch (RuntimeException e) {
            LOG.error("What happened at date {} was not told", occurrence, e);
            failed.addAll(group.messages());
          }
        });
    return new SQSBatchResponse(
        failed.stream().map(SQSBatchResponse.BatchItemFailure::new).toList());
  }
}
