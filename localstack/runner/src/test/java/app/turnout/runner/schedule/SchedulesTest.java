package app.turnout.runner.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.runner.ProductClock;
import app.turnout.runner.fixture.Await;
import app.turnout.runner.fixture.Deployment;
import app.turnout.runner.fixture.FixtureValues;
import app.turnout.runner.function.FunctionConfiguration;
import app.turnout.runner.function.Functions;
import app.turnout.runner.template.FunctionSpec;
import app.turnout.runner.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant START = Instant.parse("2019-02-18T07:30:00Z");

  @TempDir private Path directory;
  private Path seen = Path.of("seen");
  private Path ticks = Path.of("ticks");

  @BeforeEach
  void layOut() throws IOException {
    seen = directory.resolve("seen");
    ticks = directory.resolve("ticks");
    new Deployment(directory).code("code");
  }

  @Test
  void aRuleSendsItsEventInProductTime() throws Exception {
    play("{ Type: Schedule, Properties: { Schedule: rate(1 hour) } }", 36_000, 1);

    JsonNode event = JSON.readTree(Await.read(seen).getFirst());
    assertThat(event.at("/source").asText()).isEqualTo("aws.events");
    assertThat(event.at("/resources/0").asText()).endsWith(":rule/ConsumerTick");
    assertThat(Instant.parse(event.at("/time").asText()))
        .isAfterOrEqualTo(START.plus(Duration.ofHours(1)));
  }

  @Test
  void theGivenInputIsTheWholeEvent() throws Exception {
    play(
        "{ Type: ScheduleV2, Properties: { ScheduleExpression: 'cron(0 * * * ? *)', Input:"
            + " '{\"a\":1}' } }",
        36_000,
        2);

    assertThat(Await.read(seen)).startsWith("{\"a\":1}", "{\"a\":1}");
  }

  @Test
  void theSchedulerSendsAnEventOfItsOwn() throws Exception {
    play("{ Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 hour) } }", 36_000, 1);

    JsonNode event = JSON.readTree(Await.read(seen).getFirst());
    assertThat(event.at("/source").asText()).isEqualTo("aws.scheduler");
    assertThat(event.at("/detail").asText()).isEqualTo("{}");
  }

  @Test
  void whatCameDueDuringACallComesOnce() throws Exception {
    // A minute of product time is a hundredth of a second, and the call takes half of one: fifty
    // ticks.
    play("{ Type: Schedule, Properties: { Schedule: rate(1 minute) } }", 6_000, 3, "SlowFunction");

    List<Instant> times =
        Await.read(seen).stream().map(line -> Instant.parse(line.split(" ", -1)[0])).toList();
    for (int i = 1; i < times.size(); i++) {
      assertThat(Duration.between(times.get(i - 1), times.get(i)))
          .isGreaterThanOrEqualTo(Duration.ofMinutes(40));
    }
    assertThat(Await.read(seen)).allMatch(line -> line.endsWith(" alone"));
  }

  @Test
  void ticksMissedWhileNothingRanComeOnceAtTheStart() throws Exception {
    Files.writeString(ticks, "ConsumerTick " + START.minus(Duration.ofMinutes(205)) + "\n");

    play("{ Type: Schedule, Properties: { Schedule: rate(1 hour) } }", 1, 1);

    assertThat(Await.read(seen).stream().filter(line -> !line.equals("closed"))).hasSize(1);
    assertThat(JSON.readTree(Await.read(seen).getFirst()).at("/time").asText())
        .isEqualTo(START.minus(Duration.ofMinutes(25)).toString());
    assertThat(Files.readString(ticks))
        .isEqualTo("ConsumerTick " + START.minus(Duration.ofMinutes(25)) + "\n");
  }

  @Test
  void aDisabledScheduleNeverComes() throws Exception {
    Template template =
        template(
            "{ Type: Schedule, Properties: { Schedule: rate(1 hour), Enabled: false } }",
            "RecordFunction");

    assertThat(template.functions().getFirst().schedules()).isEmpty();
  }

  private void play(String event, double speed, int calls) throws Exception {
    play(event, speed, calls, "RecordFunction");
  }

  /// Until so many calls have been seen.
  private void play(String event, double speed, int calls, String handler) throws Exception {
    Template template = template(event, handler);
    FunctionSpec spec = template.functions().getFirst();
    Path configuration = directory.resolve("configuration");
    Path own = Files.createDirectories(configuration.resolve("Consumer"));
    Files.writeString(
        own.resolve("application-lambda.properties"),
        FunctionConfiguration.of(spec.environment(), Map.of()));
    try (Functions functions = new Functions(template.functions(), directory, configuration);
        Schedules schedules =
            Schedules.start(
                template.functions(), functions, ProductClock.startingAt(START, speed), ticks)) {
      assertThat(schedules).isNotNull();
      Await.lines(seen, calls);
    }
  }

  private Template template(String event, String handler) throws IOException {
    Path file =
        new Deployment(directory)
            .template(
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
                        Tick: %s
                """
                    .formatted(handler, seen, event));
    return Template.read(file, Map.of(), FixtureValues.NONE);
  }
}
