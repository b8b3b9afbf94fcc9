package app.turnout.runner;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.runner.aws.AwsAccount;
import app.turnout.runner.fixture.Await;
import app.turnout.runner.fixture.Deployment;
import app.turnout.runner.fixture.SignedAws;
import app.turnout.runner.fixture.SystemProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;

/// A runner whose queues and tables are those of an account of AWS, played by one that looks at
/// each signature.
class AwsItselfTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path checkout;
  private SignedAws aws;
  private SystemProperties properties;
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    aws = new SignedAws();
    properties =
        new SystemProperties()
            .with("aws.region", SignedAws.REGION)
            .with("aws.accessKeyId", SignedAws.ACCESS_KEY)
            .with("aws.secretAccessKey", SignedAws.SECRET_KEY)
            .with("aws.sessionToken", SignedAws.SESSION)
            .with("aws.endpointUrlSts", aws.endpoint("sts").toString())
            .with("aws.endpointUrlSqs", aws.endpoint("sqs").toString())
            .with("aws.endpointUrlDynamoDb", aws.endpoint("dynamodb").toString());
    new Deployment(checkout)
        .code("code")
        .template(
            """
            Resources:
              Settings:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: code/
                  Timeout: 20
                  Handler: app.turnout.runner.fixture.SettingsFunction
                  Environment:
                    Variables:
                      TURNOUT_QUEUES_WORK: !Ref Work
                      TURNOUT_TABLES_LIMITS: !Ref Limits
              Worker:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: code/
                  Timeout: 20
                  Handler: app.turnout.runner.fixture.RecordFunction
                  Environment: { Variables: { TURNOUT_SEEN: '%s' } }
                  Events:
                    Work: { Type: SQS, Properties: { Queue: !GetAtt Work.Arn, BatchSize: 1 } }
              Work:
                Type: AWS::SQS::Queue
                Properties:
                  RedrivePolicy: { deadLetterTargetArn: !GetAtt GivenUp.Arn, maxReceiveCount: 2 }
              GivenUp: { Type: AWS::SQS::Queue }
              Limits:
                Type: AWS::DynamoDB::Table
                Properties:
                  AttributeDefinitions: [{ AttributeName: pk, AttributeType: S }]
                  KeySchema: [{ AttributeName: pk, KeyType: HASH }]
            """
                .formatted(seen()));
  }

  @AfterEach
  void stop() {
    properties.close();
    aws.close();
  }

  @Test
  void queuesAndTablesAreMadeUnderNamesOfItsOwnAndWorkReachesFunctions() throws Exception {
    try (Runner runner = Runner.start(options(false), told::add)) {
      String prefix = runner.names().prefix();
      assertThat(prefix).matches("turnout-local-([a-z0-9]{1,12}-)?[0-9a-f]{8}-");
      assertThat(aws.names())
          .containsExactlyInAnyOrder(prefix + "Work", prefix + "GivenUp", prefix + "Limits");
      JsonNode settings = JSON.readTree(runner.invoke("Settings", "{}"));
      assertThat(settings.path("turnout.queues.work").asText())
          .isEqualTo(runner.queueUrl("Work"))
          .isEqualTo("https://sqs.ap-southeast-2.amazonaws.com/123456789012/" + prefix + "Work");
      assertThat(settings.path("turnout.tables.limits").asText()).isEqualTo(prefix + "Limits");
      assertThat(settings.path("aws.region").asText()).isEqualTo("ap-southeast-2");
      assertThat(settings.path("aws.services.dynamodb.endpoint-override").asText())
          .isEqualTo(aws.endpoint("dynamodb").toString());

      try (AwsJson sqs = AwsAccount.open(data()).sqs()) {
        sqs.call(
            "SendMessage", Map.of("QueueUrl", runner.queueUrl("Work"), "MessageBody", "grüß dich"));
      }

      JsonNode record = JSON.readTree(Await.lines(seen(), 1).getFirst()).at("/Records/0");
      assertThat(record.path("body").asText()).isEqualTo("grüß dich");
      assertThat(record.path("awsRegion").asText()).isEqualTo("ap-southeast-2");
      assertThat(record.path("eventSourceARN").asText())
          .isEqualTo("arn:aws:sqs:ap-southeast-2:123456789012:" + prefix + "Work");
      Await.until(() -> aws.asked().contains("sqs DeleteMessageBatch"));
    }
    assertThat(told)
        .anyMatch(line -> line.contains("AWS is account 123456789012 in ap-southeast-2"));
    assertThat(Files.exists(data().resolve("sqs"))).isFalse();
    assertThat(Files.exists(data().resolve("dynamodb"))).isFalse();
  }

  @Test
  void credentialsStandInNoFileAndReachFunctionsByTheSdksOwnWay() throws Exception {
    Map<String, String> variables = Map.of();
    try (var account = app.turnout.runner.aws.CredentialsEndpoint.start(AwsAccount.open(data()))) {
      variables = account.variables();
      try (ContainerCredentialsProvider functions = ContainerCredentialsProvider.create()) {
        AwsSessionCredentials credentials = (AwsSessionCredentials) functions.resolveCredentials();
        assertThat(credentials.accessKeyId()).isEqualTo(SignedAws.ACCESS_KEY);
        assertThat(credentials.secretAccessKey()).isEqualTo(SignedAws.SECRET_KEY);
        assertThat(credentials.sessionToken()).isEqualTo(SignedAws.SESSION);
      }
      try (HttpClient client = HttpClient.newHttpClient()) {
        HttpRequest.Builder request =
            HttpRequest.newBuilder(URI.create(variables.get("AWS_CONTAINER_CREDENTIALS_FULL_URI")));
        HttpResponse<String> stranger =
            client.send(
                request.header("Authorization", "guess").build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.body()).isEmpty();
      }
    }
    assertThat(System.getProperty("aws.containerAuthorizationToken")).isNull();
    Runner.start(options(false)).close();
    try (Stream<Path> files = Files.walk(data())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
            .doesNotContain(SignedAws.SECRET_KEY, SignedAws.SESSION);
      }
    }
  }

  @Test
  void anotherStartFindsThemAndAFreshOneDeletesThemAndNobodyElses() throws Exception {
    String prefix = prefixOfOneRun(false);
    assertThat(prefixOfOneRun(false)).isEqualTo(prefix);
    // Names like its own without its tag, its tag under another name, and what is just there.
    aws.queueOfAnother(prefix + "Copied", Map.of());
    aws.queueOfAnother("turnout-local-bob-00000000-Work", Map.of(AwsAccount.TAG, prefix));
    aws.tableOfAnother(prefix + "Copied", Map.of(AwsAccount.TAG, "another"));
    aws.tableOfAnother("Orders", Map.of(AwsAccount.TAG, prefix));
    List<String> others =
        List.of(prefix + "Copied", "turnout-local-bob-00000000-Work", prefix + "Copied", "Orders");

    String next = prefixOfOneRun(true);

    assertThat(next).isNotEqualTo(prefix);
    List<String> expected = new ArrayList<>(others);
    expected.addAll(List.of(next + "Work", next + "GivenUp", next + "Limits"));
    assertThat(aws.names()).containsExactlyInAnyOrderElementsOf(expected);

    new Startup(options(false), told::add).removeFromAws();

    assertThat(aws.names()).containsExactlyInAnyOrderElementsOf(others);
    assertThat(told.getLast())
        .startsWith("Deleted there: ")
        .contains(next + "Work", next + "GivenUp", next + "Limits");
    new Startup(options(false), told::add).removeFromAws();
    assertThat(told.getLast()).isEqualTo("There is nothing of " + data() + " there");
  }

  @Test
  void whatAwsIsTooBusyForIsAskedAgain() throws Exception {
    aws.refuse("CreateQueue", 2, "RequestThrottled", "Rate exceeded");
    aws.refuse("CreateTable", 1, "ThrottlingException", "Rate exceeded");
    // SQS wants a second before a queue that was made is used.
    aws.refuse("SetQueueAttributes", 1, "QueueDoesNotExist", "The specified queue does not exist.");

    String prefix = prefixOfOneRun(false);

    assertThat(aws.names())
        .containsExactlyInAnyOrder(prefix + "Work", prefix + "GivenUp", prefix + "Limits");
    assertThat(aws.asked()).filteredOn("sqs CreateQueue"::equals).hasSize(4);
    assertThat(aws.asked()).filteredOn("dynamodb DescribeTable"::equals).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GetQueueUrl | AccessDenied | cannot make the queue turnout-local-\\S+: GetQueueUrl:"
            + " AccessDenied, User: ada is not allowed to",
        "CreateTable | AccessDeniedException | cannot make the table turnout-local-\\S+:"
            + " CreateTable: AccessDeniedException, User: ada is not allowed to",
        "CreateQueue | ThrottlingException | cannot make the queue turnout-local-\\S+: CreateQueue:"
            + " ThrottlingException, User: ada is not allowed to",
        "CreateTable | UnrecognizedClientException | cannot make the table turnout-local-\\S+:"
            + " CreateTable: UnrecognizedClientException, User: ada is not allowed to",
      })
  void whatAwsRefusesIsOneLine(String action, String type, String line) {
    aws.refuse(action, 20, type, "User: ada is not allowed to");

    assertThatThrownBy(() -> prefixOfOneRun(false))
        .isInstanceOf(RunnerException.class)
        .hasMessageMatching(line);
  }

  @Test
  void aLoginThatAwsDoesNotKnowIsOneLineAndNothingIsForgotten() throws Exception {
    prefixOfOneRun(false);
    Path kept = Files.writeString(data().resolve("schedules"), "{}");
    properties.with("aws.secretAccessKey", "another");

    assertThatThrownBy(() -> prefixOfOneRun(true))
        .isInstanceOf(RunnerException.class)
        .hasMessage(
            "AWS does not take this login: InvalidClientTokenId, The request signature we"
                + " calculated does not match the signature you provided");
    assertThat(kept).exists();
    assertThat(aws.names()).hasSize(3);
  }

  @Test
  void whoHasNoLoginOrRegionIsToldWhatIsMissing() throws Exception {
    Files.writeString(
        checkout.resolve("config"),
        """
        [profile work]
        sso_start_url = https://turnout.awsapps.com/start
        sso_region = eu-west-1
        sso_account_id = 123456789012
        sso_role_name = Developer
        """);

    assertThat(up(Map.of()))
        .isEqualTo(
            "localstack/up: there is no AWS region: set AWS_REGION, or the region of a profile in"
                + " ~/.aws/config");
    assertThat(up(Map.of("AWS_REGION", "eu-west-1")))
        .isEqualTo(
            "localstack/up: there are no AWS credentials: set AWS_ACCESS_KEY_ID and"
                + " AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile in ~/.aws that has some");
    assertThat(up(Map.of("AWS_REGION", "eu-west-1", "AWS_PROFILE", "play")))
        .startsWith("localstack/up: there are no AWS credentials in the profile play: ");
    assertThat(up(Map.of("AWS_REGION", "eu-west-1", "AWS_PROFILE", "work")))
        .isEqualTo(
            "localstack/up: there are no AWS credentials in the profile work: it has no session,"
                + " which aws sso login --profile work begins");
  }

  /// What the command says where the environment is this alone; it fails with one line.
  private String up(Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dturnout.checkout=" + checkout,
            "-cp",
            System.getProperty("java.class.path"),
            "app.turnout.runner.Main",
            "--aws-endpoint",
            "aws");
    builder.environment().clear();
    builder.environment().put("HOME", checkout.toString());
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().put("AWS_CONFIG_FILE", checkout.resolve("config").toString());
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(said).hasLineCount(1);
    return said;
  }

  @Test
  void eachServiceHasAmazonsAddressInTheRegionUnlessToldOtherwise() {
    properties.with("aws.endpointUrlSqs", null).with("aws.endpointUrlDynamoDb", null);

    AwsAccount account = AwsAccount.open(data());

    assertThat(account.names().sqs())
        .isEqualTo(URI.create("https://sqs.ap-southeast-2.amazonaws.com"));
    assertThat(account.dynamoDbEndpoint())
        .isEqualTo(URI.create("https://dynamodb.ap-southeast-2.amazonaws.com"));
  }

  private String prefixOfOneRun(boolean fresh) {
    try (Runner runner = Runner.start(options(fresh), told::add)) {
      return runner.names().prefix();
    }
  }

  private RunnerOptions options(boolean fresh) {
    return new RunnerOptions(
            checkout.resolve("template.yaml"), data(), 0, fresh, Optional.empty(), Optional.empty())
        .with(new Elsewhere(Optional.of(new OtherAws.Itself()), Optional.empty()));
  }

  private Path data() {
    return checkout.resolve("data");
  }

  private Path seen() {
    return checkout.resolve("seen");
  }
}
