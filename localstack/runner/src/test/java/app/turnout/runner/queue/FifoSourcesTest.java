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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@AlsoOnLocalStack
class FifoSourcesTest {
  /// Seconds that a cold start does not take, however busy the machine is.
  private static final int UNDISTURBED = 30;

  private final List<AutoCloseable> open = new ArrayList<>();
  @TempDir private Path directory;
  private TestSqs server;
  private AwsJson sqs;

  @BeforeEach
  void start() throws Exception {
    new Deployment(directory).code("code");
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
  void aGroupIsInOneCallAtATimeAndInOrder() throws Exception {
    play("GroupFunction", 3, UNDISTURBED);
    for (int i = 0; i < 30; i++) {
      for (String group : List.of("a", "b", "c")) {
        send(group, group + i);
      }
    }

    List<String> lines = Await.lines(seen(), 180);
    for (String group : List.of("a", "b", "c")) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        expected.add("begin " + group + " " + group + i);
        expected.add("end " + group + " " + group + i);
      }
      assertThat(lines).filteredOn(line -> line.contains(" " + group + " ")).isEqualTo(expected);
    }
  }

  @Test
  void aPoisonMessageHoldsOnlyItsGroupUpUntilItIsGivenUp() throws Exception {
    play("BatchFunction", 1, 1);
    send("a", "throw");
    send("a", "after it");
    send("b", "of another group");

    List<String> lines = Await.lines(seen(), 5);
    assertThat(lines.getLast()).isEqualTo("after it");
    assertThat(lines.subList(0, 4))
        .containsExactlyInAnyOrder("throw", "throw", "throw", "of another group");
    assertThat(lines.subList(0, 2)).contains("of another group");
    JsonNode dead =
        sqs.call(
            "ReceiveMessage",
            Map.of("QueueUrl", server.queueUrl("Dead.fifo"), "WaitTimeSeconds", 5));
    assertThat(dead.at("/Messages/0/Body").asText()).isEqualTo("throw");
  }

  @Test
  void recordsTellGroupOrderAndDeduplication() throws Exception {
    play("RecordFunction", 10, UNDISTURBED);
    send("a", "one");
    send("a", "one");
    send("a", "two");

    Await.until(() -> String.join("", Await.read(seen())).contains("two"));
    List<JsonNode> records = new ArrayList<>();
    for (String line : Await.read(seen())) {
      new JsonMapper().readTree(line).at("/Records").forEach(records::add);
    }
    assertThat(records)
        .extracting(record -> record.at("/body").asText())
        .containsExactly("one", "two");
    JsonNode attributes = records.getFirst().at("/attributes");
    assertThat(attributes.at("/MessageGroupId").asText()).isEqualTo("a");
    assertThat(attributes.at("/MessageDeduplicationId").asText()).hasSize(64);
    assertThat(attributes.at("/SequenceNumber").asText()).isNotEmpty();
  }

  private Path seen() {
    return directory.resolve("seen");
  }

  private void send(String group, String body) throws IOException, InterruptedException {
    sqs.call(
        "SendMessage",
        Map.of(
            "QueueUrl",
            server.queueUrl("Live.fifo"),
            "MessageBody",
            body,
            "MessageGroupId",
            group));
  }

  private void play(String handler, int batchSize, int visibilityTimeout) throws IOException {
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
                Live:
                  Type: SQS
                  Properties:
                    Queue: !GetAtt Live.Arn
                    BatchSize: %d
                    FunctionResponseTypes: [ReportBatchItemFailures]
                    ScalingConfig: { MaximumConcurrency: 5 }
          Live:
            Type: AWS::SQS::Queue
            Properties:
              FifoQueue: true
              ContentBasedDeduplication: true
              VisibilityTimeout: %d
              RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3 }
          Dead: { Type: AWS::SQS::Queue, Properties: { FifoQueue: true } }
        """
            .formatted(handler, seen(), batchSize, visibilityTimeout);
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
    open.add(EventSources.start(template.functions(), functions, sqs, server::queueUrl));
  }
}
