package app.turnout.runner.queue;

import app.turnout.runner.AwsJson;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a poller does with its queue.
final class QueueClient {
  /// SQS gives and takes no more at once.
  static final int CHUNK = 10;

  private final AwsJson sqs;
  private final String url;
  private final String arn;

  QueueClient(AwsJson sqs, String url, String arn) {
    this.sqs = sqs;
    this.url = url;
    this.arn = arn;
  }

  /// Messages that come within some seconds; as soon as there are any.
  List<Batch.Message> receive(int atMost, int waitSeconds)
      throws IOException, InterruptedException {
    JsonNode answer =
        sqs.call(
            "ReceiveMessage",
            Map.of(
                "QueueUrl", url,
                "MaxNumberOfMessages", Math.min(CHUNK, atMost),
                "WaitTimeSeconds", waitSeconds,
                "AttributeNames", List.of("All"),
                "MessageAttributeNames", List.of("All")));
    List<Batch.Message> messages = new ArrayList<>();
    for (JsonNode message : answer.path("Messages")) {
      messages.add(
          new Batch.Message(
              message.path("MessageId").asText(),
              message.path("ReceiptHandle").asText(),
              BatchEvent.record(message, arn)));
    }
    return messages;
  }

  void delete(List<Batch.Message> messages) throws IOException, InterruptedException {
    inChunks("DeleteMessageBatch", messages, Map.of());
  }

  /// Lets others have them at once.
  void giveBack(List<Batch.Message> messages) throws IOException, InterruptedException {
    inChunks("ChangeMessageVisibilityBatch", messages, Map.of("VisibilityTimeout", 0));
  }

  private void inChunks(String action, List<Batch.Message> messages, Map<String, ?> more)
      throws IOException, InterruptedException {
    for (int from = 0; from < messages.size(); from += CHUNK) {
      List<Map<String, Object>> entries = new ArrayList<>();
      for (Batch.Message message :
          messages.subList(from, Math.min(messages.size(), from + CHUNK))) {
        Map<String, Object> entry = new java.util.LinkedHashMap<>(more);
        entry.put("Id", "" + entries.size());
        entry.put("ReceiptHandle", message.receiptHandle());
        entries.add(entry);
      }
      sqs.call(action, Map.of("QueueUrl", url, "Entries", entries));
    }
  }
}
