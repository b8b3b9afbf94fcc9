package app.turnout.runner.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.runner.RunnerException;
import app.turnout.runner.fixture.FixtureValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {
  @TempDir private Path directory;

  @Test
  void intrinsicFunctionsAreWorkedOut() throws IOException {
    Map<String, String> variables =
        environment(
            """
            REF: !Ref Stage
            LONG: { Ref: Stage }
            SUB: !Sub 'a ${Stage} ${AWS::Region} ${!Stage} ${Queue.Arn}'
            SUB_MAP: !Sub ['${x}-${Stage}', { x: !Ref Empty }]
            JOIN: !Join ['-', [a, !Ref Stage, { 'Fn::Sub': '${AWS::Partition}' }]]
            SELECT: !Select [1, !Split [',', 'a,b,c']]
            IF: !If [IsDev, yes it is, no]
            IF_NOT: !If [IsNotDev, yes, !If [Both, both, neither]]
            MAP: !FindInMap [Sizes, !Ref Stage, big]
            GETATT: !GetAtt Queue.Arn
            GETATT_LIST: { 'Fn::GetAtt': [Queue, Arn] }
            ROLE: !GetAtt ConsumerRole.Arn
            NUMBER: 12
            DATE: 2012-10-17
            """);

    assertThat(variables)
        .containsEntry("REF", "dev")
        .containsEntry("LONG", "dev")
        .containsEntry(
            "SUB", "a dev eu-central-1 ${Stage} arn:aws:sqs:eu-central-1:000000000000:Queue")
        .containsEntry("SUB_MAP", "-dev")
        .containsEntry("JOIN", "a-dev-aws")
        .containsEntry("SELECT", "b")
        .containsEntry("IF", "yes it is")
        .containsEntry("IF_NOT", "both")
        .containsEntry("MAP", "large")
        .containsEntry("GETATT", "arn:aws:sqs:eu-central-1:000000000000:Queue")
        .containsEntry("GETATT_LIST", "arn:aws:sqs:eu-central-1:000000000000:Queue")
        .containsEntry("ROLE", "ConsumerRole.Arn")
        .containsEntry("NUMBER", "12")
        .containsEntry("DATE", "2012-10-17")
        .containsEntry("GLOBAL", "of all");
  }

  @Test
  void valuesGivenTakeThePlaceOfDefaults() throws IOException {
    Path file = file("REF: !Ref Stage");

    Template template =
        Template.read(file, Map.of("Stage", "prod", "Unknown", "any"), FixtureValues.NONE);

    assertThat(template.function("Consumer").environment()).containsEntry("REF", "prod");
  }

  @Test
  void aVariableOfNoValueIsNone() throws IOException {
    Template template =
        Template.read(file("NONE: !Ref AWS::NoValue"), Map.of(), FixtureValues.NONE);

    assertThat(template.function("Consumer").environment()).doesNotContainKey("NONE");
  }

  @Test
  void functionsInheritAndOverrideTheGlobals() throws IOException {
    FunctionSpec function =
        Template.read(file("A: b"), Map.of(), FixtureValues.NONE).function("Consumer");

    assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(function.memoryMegabytes()).isEqualTo(1024);
    assertThat(function.routes())
        .extracting(RouteSpec::key)
        .containsExactly("GET /things/{id}", "ANY /any/{rest+}", "$default");
    assertThat(function.queueSources())
        .containsExactly(
            new QueueSourceSpec(
                "arn:aws:sqs:eu-central-1:000000000000:Queue",
                100,
                Duration.ofSeconds(1),
                true,
                2));
  }

  @Test
  void deadLetterQueuesAreMadeFirst() throws IOException {
    Template template = Template.read(file("A: b"), Map.of(), FixtureValues.NONE);

    assertThat(template.queues()).extracting(QueueSpec::id).containsExactly("Dead", "Queue");
    assertThat(template.queues().getLast().redrive().orElseThrow())
        .isEqualTo(new QueueSpec.Redrive("arn:aws:sqs:eu-central-1:000000000000:Dead", 5));
    assertThat(template.queues().getLast().visibilityTimeoutSeconds()).isEqualTo(91);
  }

  @Test
  void fifoQueuesAreKnownByTheirNames() throws IOException {
    String queues =
        """
        Resources:
          Live:
            Type: AWS::SQS::Queue
            Properties:
              FifoQueue: true
              ContentBasedDeduplication: true
              RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3 }
          Dead: { Type: AWS::SQS::Queue, Properties: { FifoQueue: true, QueueName: dead.fifo } }
        """;

    List<QueueSpec> read = read(queues).queues();

    assertThat(read).extracting(QueueSpec::name).containsExactly("dead.fifo", "Live.fifo");
    assertThat(read.getLast().fifo()).contains(new QueueSpec.Fifo(true));
    assertThat(read.getFirst().fifo()).contains(new QueueSpec.Fifo(false));
    assertThatThrownBy(() -> read(queues.replace("dead.fifo", "dead")))
        .hasMessageContaining("Live: the dead-letter queue of a FIFO queue, and of no other");
    assertThatThrownBy(
            () ->
                read(
                    """
                    Resources:
                      Live: { Type: AWS::SQS::Queue, Properties: { FifoQueue: true, QueueName: live } }
                    """))
        .hasMessageContaining("Live: FIFO queues, and no others, have names that end with .fifo");
  }

  @Test
  void aFifoSourceHasNoWindow() throws IOException {
    String yaml = Files.readString(file("A: b"));

    assertThatThrownBy(
            () -> read(yaml.replace("Queue: !GetAtt Queue.Arn", "Queue: arn:aws:sqs:a:1:q.fifo")))
        .hasMessageContaining("batches of a FIFO queue have ten messages at most, and no window");
  }

  @Test
  void theProjectsOwnTemplateIsUnderstood() {
    Path file = Path.of("../../template.yaml");

    Template template = Template.read(file, Map.of(), FixtureValues.NONE);

    assertThat(template.routes()).isNotEmpty();
    assertThat(template.functions()).extracting(FunctionSpec::id).contains("MigrateFunction");
    assertThat(template.queues())
        .isNotEmpty()
        .allMatch(queue -> queue.visibilityTimeoutSeconds() > 0);
  }

  @Test
  void whatIsNotUnderstoodIsOneClearLine() throws IOException {
    assertThatThrownBy(() -> environment("A: !Ref Nothing"))
        .hasMessage("template.yaml: nothing is called Nothing");
    assertThatThrownBy(() -> environment("A: !ImportValue other"))
        .hasMessage("template.yaml: Fn::ImportValue is not known to the runner");
    assertThatThrownBy(() -> environment("A: [b]")).hasMessageContaining("text expected");
    Path broken = Files.writeString(directory.resolve("broken.yaml"), "a: [");
    assertThatThrownBy(() -> Template.read(broken, Map.of(), FixtureValues.NONE))
        .isInstanceOf(RunnerException.class)
        .hasMessageContaining("is not YAML")
        .message()
        .doesNotContain("\n");
    assertThatThrownBy(() -> Template.read(directory.resolve("none"), Map.of(), FixtureValues.NONE))
        .hasMessageContaining("cannot read");
  }

  private Template read(String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve("template.yaml"), yaml);
    return Template.read(file, Map.of(), FixtureValues.NONE);
  }

  private Map<String, String> environment(String variables) throws IOException {
    return Template.read(file(variables), Map.of(), FixtureValues.NONE)
        .function("Consumer")
        .environment();
  }

  private Path file(String variables) throws IOException {
    return Files.writeString(
        directory.resolve("template.yaml"),
        """
        Parameters:
          Stage: { Type: String, Default: dev }
          Empty: { Type: String, Default: '' }
        Mappings:
          Sizes: { dev: { big: large } }
        Conditions:
          IsDev: !Equals [!Ref Stage, dev]
          IsNotDev: !Not [!Condition IsDev]
          Both: !And [!Condition IsDev, !Equals [!Ref Empty, '']]
        Globals:
          Function:
            MemorySize: 1024
            Timeout: 29
            Environment: { Variables: { GLOBAL: of all, A: global } }
        Resources:
          Consumer:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: code/
              Handler: any.Handler
              Timeout: 7
              Environment:
                Variables:
        %s
              Events:
                Get: { Type: HttpApi, Properties: { Method: get, Path: '/things/{id}' } }
                Any: { Type: HttpApi, Properties: { Method: any, Path: '/any/{rest+}' } }
                Rest: { Type: HttpApi }
                Work:
                  Type: SQS
                  Properties:
                    Queue: !GetAtt Queue.Arn
                    BatchSize: 100
                    MaximumBatchingWindowInSeconds: 1
                    FunctionResponseTypes: [ReportBatchItemFailures]
                    ScalingConfig: { MaximumConcurrency: 2 }
          Queue:
            Type: AWS::SQS::Queue
            Properties:
              VisibilityTimeout: 91
              RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5 }
          Dead: { Type: AWS::SQS::Queue }
        """
            .formatted(variables.strip().indent(10).stripTrailing()));
  }
}
