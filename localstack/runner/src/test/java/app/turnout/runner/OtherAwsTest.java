package app.turnout.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.container.LocalStack;
import app.turnout.runner.fixture.Deployment;
import app.turnout.runner.fixture.RunnerTemplate;
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
            .with(new Elsewhere(Optional.of(LocalStack.endpoint()), Optional.empty()));
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
}
