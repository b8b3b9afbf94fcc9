package app.turnout.locations.writer;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.micronaut.context.ApplicationContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/// A process of the writer, with what Lambda does before and after it: receives batches, calls the
/// function, and deletes what it did not answer as failed. It says on its output what it is about
/// to do, and goes on when its input lets it, so that a test can kill it there.
final class WriterProcess {
  /// About to call the function.
  static final String RECEIVED = "received";

  /// About to delete what was stored.
  static final String STORED = "stored";

  /// The queue is empty.
  static final String DONE = "done";

  private WriterProcess() {}

  /// Begins one.
  ///
  /// @param queue that it reads
  /// @param properties of the function
  static Process start(PGSimpleDataSource database, String queue, Map<String, Object> properties)
      throws IOException {
    ProcessBuilder process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WriterProcess.class.getName(),
                queue)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    Map<String, String> environment = process.environment();
    environment.put("DATABASE_URL", database.getUrl());
    environment.put("DATABASE_USER", database.getUser());
    environment.put("DATABASE_PASSWORD", String.valueOf(database.getPassword()));
    properties.forEach((name, value) -> environment.put(PREFIX + name, String.valueOf(value)));
    return process.start();
  }

  private static final String PREFIX = "PROPERTY:";

  static void main(String[] arguments) throws IOException {
    String queue = arguments[0];
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(System.getenv("DATABASE_URL"));
    database.setUser(System.getenv("DATABASE_USER"));
    database.setPassword(System.getenv("DATABASE_PASSWORD"));
    Map<String, Object> properties = new HashMap<>();
    System.getenv()
        .forEach(
            (name, value) -> {
              if (name.startsWith(PREFIX)) {
                properties.put(name.substring(PREFIX.length()), value);
              }
            });
    try (ApplicationContext context = context(database, properties);
        SqsClient sqs = sqs(properties)) {
      LocationWriterFunction function = new LocationWriterFunction(context);
      BufferedReader input =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (List<Message> messages = receive(sqs, queue);
          !messages.isEmpty();
          messages = receive(sqs, queue)) {
        say(RECEIVED, input);
        SQSBatchResponse answer = function.handleRequest(event(messages), null);
        say(STORED, input);
        delete(sqs, queue, messages, answer);
      }
      System.out.println(DONE);
    }
  }

  private static ApplicationContext context(DataSource database, Map<String, Object> properties) {
    return ApplicationContext.builder()
        .deduceEnvironment(false)
        .properties(properties)
        .singletons(database)
        .start();
  }

  private static SqsClient sqs(Map<String, Object> properties) {
    return SqsClient.builder()
        .endpointOverride(
            URI.create(String.valueOf(properties.get("aws.services.sqs.endpoint-override"))))
        .region(Region.of(String.valueOf(properties.get("aws.region"))))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    String.valueOf(properties.get("aws.access-key-id")), "local")))
        .build();
  }

  /// What is there, once those who were killed are known to be gone: a message that they had is
  /// back after two seconds.
  private static List<Message> receive(SqsClient sqs, String queue) {
    return sqs.receiveMessage(
            request -> request.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(5))
        .messages();
  }

  private static void say(String word, BufferedReader input) throws IOException {
    System.out.println(word);
    if (input.readLine() == null) {
      throw new IllegalStateException("Nobody lets it go on");
    }
  }

  private static SQSEvent event(List<Message> messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(
        messages.stream()
            .map(
                message -> {
                  SQSEvent.SQSMessage record = new SQSEvent.SQSMessage();
                  record.setMessageId(message.messageId());
                  record.setBody(message.body());
                  record.setAttributes(Map.of("ApproximateReceiveCount", "1"));
                  return record;
                })
            .toList());
    return event;
  }

  private static void delete(
      SqsClient sqs, String queue, List<Message> messages, SQSBatchResponse answer) {
    Set<String> failed = new HashSet<>();
    answer.getBatchItemFailures().forEach(failure -> failed.add(failure.getItemIdentifier()));
    for (Message message : messages) {
      if (!failed.contains(message.messageId())) {
        sqs.deleteMessage(
            request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
      }
    }
  }
}
