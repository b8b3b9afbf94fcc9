package app.turnout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.platform.http.HttpFunction;
import app.turnout.testing.ApiClient;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.context.ApplicationContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sqs.SqsClient;

@AlsoOnLocalStack
class HealthTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private @Nullable HttpFunction function;

  @AfterEach
  void stop() {
    if (function != null) {
      function.close();
    }
  }

  @Test
  void healthTellsProductTimeAndItsSpeed() {
    ApiClient api = start(Map.of("turnout.clock.speed", "60"));

    for (String path : List.of("/health", "/healthz")) {
      ApiClient.Answer answer = api.get(path).send();

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body())
          .isEqualTo("{\"status\":\"ok\",\"time\":\"2026-03-01T09:00:00Z\",\"speed\":60}");
    }
  }

  @Test
  void readyWhenEveryPartAnswers() {
    ApiClient api =
        start(
            Map.of(
                "turnout.queues.pings", TestFunctions.queueUrl("health-pings"),
                "turnout.queues.outbox", TestFunctions.queueUrl("health-outbox")));
    for (String name : List.of("health-pings", "health-outbox")) {
      context().getBean(SqsClient.class).createQueue(queue -> queue.queueName(name));
    }

    ApiClient.Answer answer = api.get("/health/ready").send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("status").asText()).isEqualTo("ready");
    assertThat(answer.json().path("checks"))
        .hasToString("{\"outbox_queue\":\"ok\",\"database\":\"ok\",\"pings_queue\":\"ok\"}");
  }

  @Test
  void silentPartsAreNamedAndNothingElseIsSaid() {
    ApiClient api =
        start(
            Map.of(
                "datasources.default.url",
                "jdbc:postgresql://localhost:1/turnout",
                "datasources.default.connection-timeout",
                "250",
                "turnout.queues.outbox",
                TestFunctions.queueUrl("health-outbox") + "-that-is-not-there",
                "turnout.tables.rate-limits",
                "no-such-table"));

    ApiClient.Answer answer = api.get("/health/ready").send();

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("5");
    assertThat(answer.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("database", "outbox_queue", "rate_limits_table");
    for (JsonNode error : answer.json().path("errors")) {
      assertThat(error.path("message").asText()).isEqualTo("does not answer");
    }
  }

  private ApplicationContext context() {
    return Objects.requireNonNull(function).context();
  }

  private ApiClient start(Map<String, String> more) {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("operations", DATABASE, TestDatabase.APP));
    properties.putAll(TestFunctions.aws());
    properties.putAll(more);
    function = new HttpFunction(properties) {};
    return new ApiClient(function, OpenApiResponses.ofArea("operations"));
  }
}
