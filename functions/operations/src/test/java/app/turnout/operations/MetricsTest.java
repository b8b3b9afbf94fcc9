package app.turnout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.platform.http.HttpFunction;
import app.turnout.testing.ApiClient;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sqs.SqsClient;

@AlsoOnLocalStack
class MetricsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String TOKEN = "metrics-token-of-at-least-32-characters";

  private @Nullable HttpFunction function;

  @AfterEach
  void stop() {
    if (function != null) {
      function.close();
    }
  }

  @Test
  void onlyTheTokenOpensThem() {
    ApiClient api = start(Map.of());

    for (ApiClient.Call call :
        List.of(
            api.get("/metrics"),
            api.get("/metrics").bearer(TOKEN + "x"),
            api.get("/metrics").bearer(TOKEN.substring(1)),
            api.get("/metrics").header("Authorization", TOKEN),
            api.get("/metrics").header("Authorization", "Basic " + TOKEN))) {
      ApiClient.Answer answer = call.send();

      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.body()).doesNotContain("turnout_");
    }
    assertThat(api.get("/metrics").bearer(TOKEN).send().status()).isEqualTo(200);
  }

  @Test
  void outboxIsToldByKindAndNothingOfWhoseItIs() {
    jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    insert into outbox_messages (
                      id, kind, ordering_key, payload, created_at, next_attempt_at, attempts,
                      sent_at, dead_at)
                    select gen_random_uuid(), kind, 'user:1', '{}', timestamptz '2026-03-01Z',
                           next_attempt_at, attempts, sent_at, dead_at
                    from (values
                      ('a_mail', timestamptz '2026-03-01T08:58:00Z', 2, null::timestamptz,
                       null::timestamptz),
                      ('a_mail', '2026-03-01T08:59:00Z', 1, null, null),
                      ('a_mail', '2026-03-01T09:30:00Z', 4, null, null),
                      ('a_mail', '2026-03-01T08:00:00Z', 1, '2026-03-01T08:00:00Z', null),
                      ('a_call', '2026-03-01T08:00:00Z', 12, null, '2026-03-01T08:00:00Z')
                    ) m (kind, next_attempt_at, attempts, sent_at, dead_at)
                    """));
    ApiClient api = start(Map.of());

    ApiClient.Answer answer = api.get("/metrics").bearer(TOKEN).send();

    assertThat(answer.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body().lines())
        .contains(
            "# TYPE turnout_outbox_open_messages gauge",
            "turnout_outbox_open_messages{kind=\"a_mail\"} 3",
            "turnout_outbox_due_messages{kind=\"a_mail\"} 2",
            "turnout_outbox_open_attempts{kind=\"a_mail\"} 7",
            "turnout_outbox_oldest_due_age_seconds 120",
            "turnout_outbox_dead_messages{kind=\"a_call\"} 1",
            "turnout_dates_active 0",
            "turnout_participants_located 0",
            "# TYPE turnout_database_transactions_total counter",
            "turnout_pings_without_partition 0",
            "turnout_erasures_unfinished 0",
            "turnout_scrape_failed{part=\"database\"} 0")
        .anyMatch(line -> line.matches("turnout_database_connections [1-9]\\d*"))
        .allMatch(
            line ->
                line.startsWith("# ")
                    || line.matches("turnout_[a-z_]+(\\{.*})? -?[\\d.]+(E-?\\d+)?"));
  }

  @Test
  void queuesTellWhatWaitsAndWhatWasGivenUp() {
    ApiClient api =
        start(
            Map.of(
                "turnout.metrics.queues",
                "one=%s,two=%s"
                    .formatted(
                        TestFunctions.queueUrl("metrics-one"),
                        TestFunctions.queueUrl("metrics-two")),
                "turnout.metrics.dead-letters",
                "one=" + TestFunctions.queueUrl("metrics-one-dead")));
    SqsClient sqs = Objects.requireNonNull(function).context().getBean(SqsClient.class);
    for (String name : List.of("metrics-one", "metrics-two", "metrics-one-dead")) {
      String url = sqs.createQueue(queue -> queue.queueName(name)).queueUrl();
      if (!name.endsWith("two")) {
        sqs.sendMessage(message -> message.queueUrl(url).messageBody("x"));
      }
    }

    ApiClient.Answer answer = api.get("/metrics").bearer(TOKEN).send();

    assertThat(answer.body().lines())
        .contains(
            "turnout_queue_messages{queue=\"one\"} 1",
            "turnout_queue_in_flight_messages{queue=\"one\"} 0",
            "turnout_queue_dead_messages{queue=\"one\"} 1",
            "turnout_queue_messages{queue=\"two\"} 0",
            "turnout_scrape_failed{part=\"queues\"} 0");
  }

  @Test
  void whatDoesNotAnswerIsToldAndTheRestIsThere() {
    ApiClient api =
        start(
            Map.of(
                "turnout.metrics.queues",
                "gone=" + TestFunctions.queueUrl("metrics-that-are-not-there")));

    ApiClient.Answer answer = api.get("/metrics").bearer(TOKEN).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().lines())
        .contains(
            "turnout_scrape_failed{part=\"queues\"} 1",
            "turnout_scrape_failed{part=\"database\"} 0",
            "turnout_pings_without_partition 0");
  }

  private static Jdbi jdbi() {
    return Jdbi.create(DATABASE.owner());
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
