package app.turnout.locations.writer;

import app.turnout.platform.live.LiveUpdate;
import app.turnout.testing.TestFunctions;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// The queue that those who watch are told by, as a test finds it.
final class LiveQueue {
  /// The address of a queue that there is not.
  static final String NOWHERE = TestFunctions.queueUrl("outbox").replace("outbox", "nowhere.fifo");

  private static final SqsClient SQS =
      SqsClient.builder()
          .endpointOverride(URI.create(aws("aws.services.sqs.endpoint-override")))
          .region(Region.of(aws("aws.region")))
          .credentialsProvider(
              StaticCredentialsProvider.create(
                  AwsBasicCredentials.create(aws("aws.access-key-id"), "local")))
          .build();

  private static final String URL =
      SQS.createQueue(
              request ->
                  request
                      .queueName("live-updates.fifo")
                      .attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
          .queueUrl();

  private static final Map<String, List<LiveUpdate>> SEEN = new HashMap<>();

  private LiveQueue() {}

  private static String aws(String property) {
    return String.valueOf(TestFunctions.aws().get(property));
  }

  static String url() {
    return URL;
  }

  /// The updates of a date that were not taken yet.
  static List<LiveUpdate> take(UUID occurrence) {
    for (List<Message> messages = receive(); !messages.isEmpty(); messages = receive()) {
      for (Message message : messages) {
        SEEN.computeIfAbsent(
                message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID),
                group -> new ArrayList<>())
            .add(LiveUpdate.parse(message.body()));
        SQS.deleteMessage(request -> request.queueUrl(URL).receiptHandle(message.receiptHandle()));
      }
    }
    List<LiveUpdate> updates = SEEN.remove(occurrence.toString());
    return updates == null ? List.of() : updates;
  }

  private static List<Message> receive() {
    return SQS.receiveMessage(
            request ->
                request
                    .queueUrl(URL)
                    .maxNumberOfMessages(10)
                    .messageSystemAttributeNames(MessageSystemAttributeName.MESSAGE_GROUP_ID))
        .messages();
  }
}
