package app.turnout.locations.writer;

import app.turnout.locations.PingMessage;
import app.turnout.platform.lambda.LambdaFunction;
import app.turnout.platform.metrics.Measures;
import app.turnout.platform.metrics.Metric;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.micronaut.context.ApplicationContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The function `location-writer`. A message that cannot be stored is reported alone, and ends as a
/// dead letter; when the database is away the whole call fails, and SQS gives the batch out again.
/// So it does when those who watch could not be told: nothing is stored twice.
public final class LocationWriterFunction extends LambdaFunction
    implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(LocationWriterFunction.class);

  /// Fewer than the queue's receives before a dead letter.
  private static final int TELLING_ATTEMPTS = 4;

  private final WritePings writePings;
  private final TellWatchers tellWatchers;

  /// Started by Lambda.
  public LocationWriterFunction() {
    super(Map.of());
    this.writePings = context.getBean(WritePings.class);
    this.tellWatchers = context.getBean(TellWatchers.class);
  }

  LocationWriterFunction(ApplicationContext context) {
    super(context);
    this.writePings = context.getBean(WritePings.class);
    this.tellWatchers = context.getBean(TellWatchers.class);
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent batch, @Nullable Context lambda) {
    return callForBatch(batch, lambda, () -> write(batch));
  }

  private SQSBatchResponse write(SQSEvent batch) {
    List<String> failed = new ArrayList<>();
    Map<String, PingMessage> messages = new LinkedHashMap<>();
    for (SQSEvent.SQSMessage message : batch.getRecords()) {
      try {
        messages.put(message.getMessageId(), PingMessage.parse(message.getBody()));
      } catch (IllegalArgumentException e) {
        LOG.error("Message {} is not one of pings", message.getMessageId(), e);
        failed.add(message.getMessageId());
      }
    }
    if (!messages.isEmpty()) {
      WritePings.Written written = writePings.write(messages);
      failed.addAll(written.failed());
      Measures.add(Metric.PINGS_WRITTEN, written.pings());
      if (!tellWatchers.tell(written.newest())) {
        failed.addAll(toBeToldAgain(batch, messages.keySet()));
      }
    }
    return new SQSBatchResponse(
        failed.stream().distinct().map(SQSBatchResponse.BatchItemFailure::new).toList());
  }

  /// They are stored, and written again harmlessly. But they are no dead letters for it: once a
  /// message came often enough, the next position tells.
  private static List<String> toBeToldAgain(SQSEvent batch, Set<String> stored) {
    return batch.getRecords().stream()
        .filter(message -> stored.contains(message.getMessageId()))
        .filter(message -> receiveCount(message) < TELLING_ATTEMPTS)
        .map(SQSEvent.SQSMessage::getMessageId)
        .toList();
  }

  private static int receiveCount(SQSEvent.SQSMessage message) {
    Map<String, String> attributes = message.getAttributes();
    String count = attributes == null ? null : attributes.get("ApproximateReceiveCount");
    return count == null ? 1 : Integer.parseInt(count);
  }
}
