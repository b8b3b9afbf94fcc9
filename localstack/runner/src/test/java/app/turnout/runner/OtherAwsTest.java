package app.turnout.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.container.LocalStack;
import app.turnout.runner.aws.AwsAccount;
import app.turnout.runner.aws.AwsPlace;
import app.turnout.runner.fixture.Deployment;
import app.turnout.runner.fixture.RunnerTemplate;
import app.turnout.runner.fixture.SystemProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A runner whose queues and tables are LocalStack's.
@AlsoOnLocalStack
class OtherAwsTest {
  @TempDir private Path checkout;

  @Test
  void queuesAndTablesAreThereAndGoOnWithoutTheRunner() throws Exception {
    assumeTrue(LocalStack.isAsked(), "Not on the embedded stores: it needs LocalStack");
    new Deployment(checkout).code("code");
    Path data = checkout.resolve("data");
    RunnerOptions options =
        new RunnerOptions(
                RunnerTemplate.write(checkout, checkout.resolve("seen"), "RecordFunction"),
                data,
                0,
                false,
                Optional.empty(),
                Optional.empty())
            .with(
                new Elsewhere(
                    Optional.of(new OtherAws.Emulator(LocalStack.endpoint())), Optional.empty()));
    String queue;
    try (Runner runner = Runner.start(options)) {
      JsonNode settings = new JsonMapper().readTree(runner.invoke("Settings", "{}"));
      for (String service : new String[] {"sqs", "dynamodb"}) {
        assertThat(settings.path("aws.services." + service + ".endpoint-override").asText())
            .isEqualTo(LocalStack.endpoint().toString());
      }
      queue = settings.path("turnout.queues.work").asText();
    }

    URI endpoint = LocalStack.endpoint();
    try (AwsJson sqs = AwsJson.sqs(endpoint);
        AwsJson tables = AwsJson.dynamoDb(endpoint)) {
      assertThat(
              sqs.call("SendMessage", Map.of("QueueUrl", queue, "MessageBody", "kept"))
                  .path("MessageId")
                  .asText())
          .isNotEmpty();
      assertThat(
              tables
                  .call("DescribeTable", Map.of("TableName", "Limits"))
                  .at("/Table/KeySchema/0/AttributeName")
                  .asText())
          .isEqualTo("pk");
    }
    assertThat(Files.exists(data.resolve("sqs"))).isFalse();
    assertThat(Files.exists(data.resolve("dynamodb"))).isFalse();
  }

  @Test
  void anAccountOfOnesOwnHasThemInItsRegionUntilTheyAreRemoved() throws Exception {
    assumeTrue(LocalStack.isAsked(), "Not on the embedded stores: it needs LocalStack");
    new Deployment(checkout).code("code");
    RunnerOptions options =
        new RunnerOptions(
                RunnerTemplate.write(checkout, checkout.resolve("seen"), "RecordFunction"),
                checkout.resolve("data"),
                0,
                false,
                Optional.empty(),
                Optional.empty())
            .with(new Elsewhere(Optional.of(new OtherAws.Itself()), Optional.empty()));
    try (var _ =
        new SystemProperties()
            .with("aws.region", "sa-east-1")
            .with("aws.accessKeyId", LocalStack.account())
            .with("aws.secretAccessKey", "any")
            .with("aws.endpointUrl", LocalStack.endpoint().toString())) {
      AwsAccount account = AwsAccount.open(checkout.resolve("data"));
      assertThat(account.place()).isEqualTo(new AwsPlace("aws", "sa-east-1", LocalStack.account()));
      String prefix;
      try (Runner runner = Runner.start(options);
          AwsJson sqs = account.sqs()) {
        prefix = runner.names().prefix();
        JsonNode settings = new JsonMapper().readTree(runner.invoke("Settings", "{}"));
        String queue = settings.path("turnout.queues.work").asText();
        assertThat(queue).endsWith("/" + LocalStack.account() + "/" + prefix + "Work");
        assertThat(sqs.call("ListQueueTags", Map.of("QueueUrl", queue)).at("/Tags").toString())
            .isEqualTo("{\"turnout-local\":\"" + prefix + "\"}");
        assertThat(settings.path("turnout.tables.limits").asText()).isEqualTo(prefix + "Limits");
      }

      assertThat(account.delete()).containsExactlyInAnyOrder(prefix + "Work", prefix + "Limits");

      try (AwsJson sqs = account.sqs();
          AwsJson tables = account.dynamoDb()) {
        assertThat(sqs.call("ListQueues", Map.of("QueueNamePrefix", prefix)).path("QueueUrls"))
            .isEmpty();
        assertThat(tables.call("ListTables", Map.of()).path("TableNames").toString())
            .doesNotContain(prefix);
      }
    }
  }
}
