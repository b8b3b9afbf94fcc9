package app.turnout.platform.queue;

import app.turnout.platform.tracing.Trace;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// The SQS queues of this function, by name: the property `turnout.queues.<name>` is the address.
/// Each message carries the trace that this thread works for.
@Singleton
public final class Queues {
  private static final int BATCH = 10;

  /// All messages of a call together.
  private static final int BATCH_BYTES = 256 * 1024;

  private final Environment environment;

  /// Made when something is sent: a call that sends nothing does not wait for it.
  private final BeanProvider<SqsClient> sqs;

  Queues(Environment environment, BeanProvider<SqsClient> sqs) {
    this.environment = environment;
    this.sqs = sqs;
  }

  /// Throws SdkException when SQS does not take it.
  public void send(String queue, String body) {
    sqs.get()
        .sendMessage(
            request ->
                request.queueUrl(url(queue)).messageBody(body).messageSystemAttributes(trace()));
  }

  /// Sends it to be received after a while, a quarter of an hour at most. Throws SdkException when
  /// SQS does not take it.
  public void sendLater(String queue, String body, Duration delay) {
    sqs.get()
        .sendMessage(
            request ->
                request
                    .queueUrl(url(queue))
                    .messageBody(body)
                    .messageSystemAttributes(trace())
                    .delaySeconds(Math.toIntExact(delay.toSeconds())));
  }

  /// Sends all bodies, as many a call as SQS takes. Throws QueueUnavailableException or
  /// SdkException when one was not taken; those before it were.
  public void sendAll(String queue, List<String> bodies) {
    int from = 0;
    while (from < bodies.size()) {
      List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
      long bytes = 0;
      for (int i = from; i < bodies.size() && entries.size() < BATCH; i++) {
        bytes += bodies.get(i).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > BATCH_BYTES && !entries.isEmpty()) {
          break;
        }
        entries.add(
            SendMessageBatchRequestEntry.builder()
                .id(Integer.toString(i))
                .messageBody(bodies.get(i))
                .messageSystemAttributes(trace())
                .build());
      }
      sendTogether(queue, entries);
      from += entries.size();
    }
  }

  /// Sends all to a FIFO queue, as many a call as SQS takes. Throws QueueUnavailableException when
  /// one was not taken; others may have been.
  public void sendGrouped(String queue, List<GroupedMessage> messages) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    int bytes = 0;
    for (GroupedMessage message : messages) {
      int more = message.body().getBytes(StandardCharsets.UTF_8).length;
      if (entries.size() == BATCH || bytes + more > BATCH_BYTES) {
        sendGroup(queue, entries);
        entries.clear();
        bytes = 0;
      }
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .messageGroupId(message.group())
              .messageDeduplicationId(message.key())
              .messageBody(message.body())
              .messageSystemAttributes(trace())
              .build());
      bytes += more;
    }
    if (!entries.isEmpty()) {
      sendGroup(queue, entries);
    }
  }

  private void sendGroup(String queue, List<SendMessageBatchRequestEntry> entries) {
    try {
      sendTogether(queue, List.copyOf(entries));
    } catch (SdkException e) {
      throw new QueueUnavailableException(queue, e);
    }
  }

  private void sendTogether(String queue, List<SendMessageBatchRequestEntry> entries) {
    List<BatchResultErrorEntry> failed =
        sqs.get()
            .sendMessageBatch(request -> request.queueUrl(url(queue)).entries(entries))
            .failed();
    if (!failed.isEmpty()) {
      throw new QueueUnavailableException(queue, failed.getFirst().code());
    }
  }

  /// SQS counts it neither to a message's size nor to its attributes.
  private static Map<MessageSystemAttributeNameForSends, MessageSystemAttributeValue> trace() {
    return Trace.current()
        .map(
            trace ->
                Map.of(
                    MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
                    MessageSystemAttributeValue.builder()
                        .dataType("String")
                        .stringValue(trace.toString())
                        .build()))
        .orElse(Map.of());
  }

  private String url(String queue) {
    return environment.getRequiredProperty("turnout.queues." + queue, String.class);
  }
}
