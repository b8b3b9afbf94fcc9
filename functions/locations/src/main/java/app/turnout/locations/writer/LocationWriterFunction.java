package app.turnout.locations.writer;

import app.turnout.locations.PingMessage;
import app.turnout.platform.lambda.LambdaFunction;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.micronaut.context.ApplicationContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The function `location-writer`. A message that cannot be stored is reported alone, and ends as a
/// dead letter; when the database is away the whole call fails, and SQS gives the batch out again.
public final class LocationWriterFunction extends LambdaFunction
    implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(LocationWriterFunction.class);

  private final WritePings writePings;

  /// Started by Lambda.
  public LocationWriterFunction() {
    super(Map.of());
    this.writePings = context.getBean(WritePings.class);
  }

  LocationWriterFunction(ApplicationContext context) {
    super(context);
    this.writePings = context.getBean(WritePings.class);
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent batch, @Nullable Context lambda) {
    return call(lambda, () -> write(batch));
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
      failed.addAll(writePings.write(messages));
    }
    return new SQSBatchResponse(
        failed.stream().map(SQSBatchResponse.BatchItemFailure::new).toList());
  }
}
