package app.turnout.runner.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.container.LocalStack;
import app.turnout.runner.AwsJson;
import app.turnout.runner.ProductClock;
import app.turnout.runner.RunnerException;
import app.turnout.runner.aws.AwsPlace;
import app.turnout.runner.fixture.Await;
import app.turnout.runner.fixture.Deployment;
import app.turnout.runner.fixture.EventBridge;
import app.turnout.runner.fixture.FixtureValues;
import app.turnout.runner.fixture.TestSqs;
import app.turnout.runner.function.FunctionConfiguration;
import app.turnout.runner.function.Functions;
import app.turnout.runner.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rules with a schedule, as the runner plays them and as EventBridge does.
@AlsoOnLocalStack
class RuleTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String RULE = "ConsumerTick";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "rate(1 minute), true",
    "rate(1 hour), true",
    "rate(5 minutes), true",
    "cron(0 10 * * ? *), true",
    "cron(0/15 8-17 ? * MON-FRI *), true",
    "rate(1 minutes), false",
    "rate(2 minute), false",
    "rate(0 minutes), false",
    "cron(* * * * * *), false",
    "every minute, false",
  })
  void schedulesAreTakenOrRefused(String schedule, boolean taken) throws Exception {
    assertThat(takes(schedule)).isEqualTo(taken);
  }

  @Test
  void aTickIsAnEventOfTheRule() throws Exception {
    ObjectNode event = (ObjectNode) JSON.readTree(tick());

    assertThat(UUID.fromString(event.path("id").asText()).version()).isEqualTo(4);
    Instant time = Instant.parse(event.path("time").asText());
    assertThat(time).isEqualTo(time.truncatedTo(ChronoUnit.SECONDS));
    assertThat(event.<ObjectNode>without(List.of("id", "time")))
        .isEqualTo(
            JSON.readTree(
                """
                {
                  "version": "0",
                  "detail-type": "Scheduled Event",
                  "source": "aws.events",
                  "account": "000000000000",
                  "region": "eu-central-1",
                  "resources": ["arn:aws:events:eu-central-1:000000000000:rule/ConsumerTick"],
                  "detail": {}
                }
                """));
  }

  private static boolean takes(String schedule) throws Exception {
    if (LocalStack.isAsked()) {
      return EventBridge.takes("Tried", schedule);
    }
    try {
      assertThat(ScheduleExpression.parse(schedule, ZoneOffset.UTC)).isNotNull();
      return true;
    } catch (RunnerException _) {
      return false;
    }
  }

  private String tick() throws Exception {
    return LocalStack.isAsked() ? tickOfEventBridge() : tickOfTheRunner();
  }

  /// The next full minute's.
  private static String tickOfEventBridge() throws Exception {
    try (TestSqs server = TestSqs.start();
        AwsJson sqs = AwsJson.sqs(server.endpoint())) {
      sqs.call("CreateQueue", Map.of("QueueName", "Ticks"));
      assertThat(EventBridge.takes(RULE, "cron(* * * * ? *)")).isTrue();
      EventBridge.send(RULE, AwsPlace.LOCAL.arn("sqs", "Ticks"));
      try {
        for (int i = 0; i < 6; i++) {
          JsonNode received =
              sqs.call(
                  "ReceiveMessage",
                  Map.of("QueueUrl", server.queueUrl("Ticks"), "WaitTimeSeconds", 20));
          if (received.path("Messages").has(0)) {
            return received.at("/Messages/0/Body").asText();
          }
        }
      } finally {
        EventBridge.remove(RULE);
      }
      throw new AssertionError("no tick in two minutes");
    }
  }

  private String tickOfTheRunner() throws Exception {
    new Deployment(directory).code("code");
    Path seen = directory.resolve("seen");
    Template template =
        Template.read(
            new Deployment(directory)
                .template(
                    """
                    Resources:
                      Consumer:
                        Type: AWS::Serverless::Function
                        Properties:
                          CodeUri: code/
                          Handler: app.turnout.runner.fixture.RecordFunction
                          Environment: { Variables: { TURNOUT_SEEN: %s } }
                          Events:
                            Tick: { Type: Schedule, Properties: { Schedule: 'cron(* * * * ? *)' } }
                    """
                        .formatted(seen)),
            Map.of(),
            FixtureValues.NONE);
    Path configuration = directory.resolve("configuration");
    Files.writeString(
        Files.createDirectories(configuration.resolve("Consumer"))
            .resolve("application-lambda.properties"),
        FunctionConfiguration.of(template.functions().getFirst().environment(), Map.of()));
    try (Functions functions = new Functions(template.functions(), directory, configuration);
        Schedules _ =
            Schedules.start(
                template.functions(),
                functions,
                ProductClock.startingAt(Instant.parse("2019-02-18T07:30:00Z"), 6_000),
                directory.resolve("ticks"))) {
      return Await.lines(seen, 1).getFirst();
    }
  }
}
