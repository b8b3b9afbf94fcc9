package app.turnout.runner.queue;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.runner.AwsJson;
import app.turnout.runner.fixture.Await;
import app.turnout.runner.fixture.Deployment;
import app.turnout.runner.fixture.FixtureValues;
import app.turnout.runner.fixture.TestSqs;
import app.turnout.runner.function.FunctionConfiguration;
import app.turnout.runner.function.Functions;
import app.turnout.runner.template.FunctionSpec;
import app.turnout.runner.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@AlsoOnLocalStack
class EventSourcesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private final List<AutoCloseable> open = new ArrayList<>();
  @TempDir private Path directory;
  private Path seen = Path.of("seen");
  private TestSqs server;
  private AwsJson sqs;

  @BeforeEach
  void start() throws Exception {
    new Deployment(directory).code("code");
    seen = directory.resolve("seen");
    server = TestSqs.start();
    sqs = AwsJson.sqs(server.endpoint());
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    sqs.close();
    server.close();
  }

  @Test
  void recordsCarryWhatLambdaGives() throws Exception {
    play("RecordFunction", 10, 0, false);
    sqs.call(
        "SendMessage",
        Map.of(
            "QueueUrl", url("Work"),
            "MessageBody", "grüß dich",
            "MessageAttributes",
                Map.of("kind", Map.of("DataType", "String", "StringValue", "greeting"))));

    JsonNode record = JSON.readTree(Await.lines(seen, 1).getFirst()).at("/Records/0");
    assertThat(record.at("/messageId").asText()).hasSize(36);
    assertThat(record.at("/receiptHandle").asText()).isNotEmpty();
    assertThat(record.at("/body").asText()).isEqualTo("grüß dich");
    assertThat(record.at("/md5OfBody").asText()).hasSize(32);
    assertThat(record.at("/attributes/ApproximateReceiveCount").asText()).isEqualTo("1");
    assertThat(record.at("/attributes/SentTimestamp").asText()).matches("\\d{13}");
    assertThat(record.at("/messageAttributes/kind/stringValue").asText()).isEqualTo("greeting");
    assertThat(record.at("/messageAttributes/kind/dataType").asText()).isEqualTo("String");
    assertThat(record.at("/eventSource").asText()).isEqualTo("aws:sqs");
    assertThat(record.at("/eventSourceARN").asText())
        .isEqualTo("arn:aws:sqs:eu-central-1:000000000000:Work");
    Await.until(() -> messages("Work") == 0);
  }

  @Test
  void onlyWhatFailedComesAgain() throws Exception {
    send("one", "fail once", "two");
    play("BatchFunction", 10, 0, true);

    List<String> batches = Await.lines(seen, 2);
    assertThat(batches.getFirst().split("\\|"))
        .containsExactlyInAnyOrder("one", "fail once", "two");
    assertThat(batches.getLast()).isEqualTo("fail once");
    Await.until(() -> messages("Work") == 0);
    assertThat(messages("Dead")).isZero();
  }

  @Test
  void aPoisonMessageGoesToTheDeadLetterAlone() throws Exception {
    send("one", "fail", "two");
    play("BatchFunction", 10, 0, true);

    Await.until(() -> messages("Dead") == 1);
    assertThat(Await.read(seen)).hasSize(3);
    assertThat(messages("Work")).isZero();
    JsonNode dead =
        sqs.call("ReceiveMessage", Map.of("QueueUrl", url("Dead"), "WaitTimeSeconds", 5));
    assertThat(dead.at("/Messages/0/Body").asText()).isEqualTo("fail");
  }

  @Test
  void aCrashBringsTheWholeBatchAgain() throws Exception {
    send("one", "throw once");
    play("BatchFunction", 10, 0, true);

    List<String> batches = Await.lines(seen, 2);
    assertThat(batches.getFirst().split("\\|")).containsExactlyInAnyOrder("one", "throw once");
    assertThat(batches.getLast().split("\\|")).containsExactlyInAnyOrder("one", "throw once");
    Await.until(() -> messages("Work") == 0);
  }

  @Test
  void anAnswerThatNamesAForeignMessageFailsTheWholeBatch() throws Exception {
    send("one", "fail unknown");
    play("BatchFunction", 10, 0, true);

    assertThat(Await.lines(seen, 2).getLast().split("\\|"))
        .containsExactlyInAnyOrder("one", "fail unknown");
    Await.until(() -> messages("Work") == 0);
  }

  @Test
  void withoutReportsTheAnswerDoesNotMatter() throws Exception {
    send("fail");
    play("BatchFunction", 10, 0, false);

    Await.lines(seen, 1);
    Await.until(() -> messages("Work") == 0);
    assertThat(messages("Dead")).isZero();
  }

  @Test
  void theWindowGathersManyMessagesIntoFewCalls() throws Exception {
    send(IntStream.range(0, 200).mapToObj(i -> "m" + i).toArray(String[]::new));
    play("BatchFunction", 100, 1, true);

    Await.until(() -> messages("Work") == 0);
    List<String> batches = Await.read(seen);
    assertThat(batches)
        .hasSizeLessThanOrEqualTo(4)
        .allMatch(batch -> batch.split("\\|").length <= 100);
    assertThat(String.join("|", batches).split("\\|")).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void batchesOfMoreThanSixMegabytesAreDivided() throws Exception {
    String large = "x".repeat(200_000);
    for (int i = 0; i < 40; i++) {
      send(large + i);
    }
    play("BatchFunction", 100, 2, true);

    Await.until(() -> messages("Work") == 0);
    assertThat(Await.read(seen)).hasSizeGreaterThan(1).allMatch(batch -> batch.length() < 6 << 20);
  }

  private void play(String handler, int batchSize, int window, boolean reports) throws IOException {
    String yaml =
        """
        Resources:
          Consumer:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: code/
              Handler: app.turnout.runner.fixture.%s
              Timeout: 10
              Environment: { Variables: { TURNOUT_SEEN: %s } }
              Events:
                Work:
                  Type: SQS
                  Properties:
                    Queue: !GetAtt Work.Arn
                    BatchSize: %d
                    MaximumBatchingWindowInSeconds: %d
                    FunctionResponseTypes: [%s]
                    ScalingConfig: { MaximumConcurrency: 2 }
          Work:
            Type: AWS::SQS::Queue
            Properties:
              VisibilityTimeout: %d
              RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3 }
          Dead: { Type: AWS::SQS::Queue }
        """
            .formatted(
                handler,
                seen,
                batchSize,
                window,
                reports ? "ReportBatchItemFailures" : "",
                // A message that waits for its batch must not be given out again meanwhile.
                window == 0 ? 1 : 30);
    Template template =
        Template.read(new Deployment(directory).template(yaml), Map.of(), FixtureValues.NONE);
    Queues.create(sqs, template.queues());
    Path configuration = directory.resolve("configuration");
    for (FunctionSpec spec : template.functions()) {
      Files.createDirectories(configuration.resolve(spec.id()));
      Files.writeString(
          configuration.resolve(spec.id()).resolve("application-lambda.properties"),
          FunctionConfiguration.of(spec.environment(), Map.of()));
    }
    Functions functions = new Functions(template.functions(), directory, configuration);
    open.add(functions);
    open.add(EventSources.start(template.functions(), functions, sqs, this::url));
  }

  /// Before the pollers start, so that they come in one batch.
  private void send(String... bodies) throws IOException, InterruptedException {
    for (String name : List.of("Dead", "Work")) {
      sqs.call("CreateQueue", Map.of("QueueName", name));
    }
    for (String body : bodies) {
      sqs.call("SendMessage", Map.of("QueueUrl", url("Work"), "MessageBody", body));
    }
  }

  private String url(String queue) {
    return server.queueUrl(queue);
  }

  /// Visible or not.
  private int messages(String queue) throws IOException, InterruptedException {
    JsonNode attributes =
        sqs.call(
                "GetQueueAttributes",
                Map.of("QueueUrl", url(queue), "AttributeNames", List.of("All")))
            .path("Attributes");
    return attributes.path("ApproximateNumberOfMessages").asInt()
        + attributes.path("ApproximateNumberOfMessagesNotVisible").asInt();
  }
}
