package app.turnout.locations.writer;

import app.turnout.locations.PingMessage;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.micronaut.context.ApplicationContext;
import io.micronaut.function.aws.MicronautRequestHandler;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The function `location-writer`. A message that cannot be stored is reported alone, and ends as a
/// dead letter; when the database is away the whole call fails, and SQS gives the batch out again.
public final class LocationWriterFunction
    extends MicronautRequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(LocationWriterFunction.class);

  @Inject WritePings writePings;

  /// Started by Lambda.
  public LocationWriterFunction() {}

  LocationWriterFunction(ApplicationContext context) {
    super(context);
  }

  @Override
  public SQSBatchResponse execute(SQSEvent batch) {
    List<String> failed = new ArrayList<>();
    Map<String, PingMessage> messages = new LinkedHashMap<>();
    for (SQSEvent.SQSMessage message : batch.getRecords()) {
      try {
        messages.put(message.getMessageId(), PingMessage.parse(message.getBody()));
      } catch (IllegalArgumentException e) {
        LOG.error("Message {} is not one of pings: {}", message.getMessageId(), e.getMessage());
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
