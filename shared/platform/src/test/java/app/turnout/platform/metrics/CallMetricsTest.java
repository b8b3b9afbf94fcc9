package app.turnout.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.platform.logging.LogFacts;
import app.turnout.platform.time.RealTime;
import app.turnout.testing.EmbeddedMetrics;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallMetricsTest {
  private static final String ROOT = "1-5759e988-bd862e3fe1be46a994272793";

  private final PrintStream before = System.out;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void forget() {
    System.setOut(before);
    LogFacts.end();
  }

  @Test
  void firstCallIsColdAndEveryLineIsTakenByCloudWatch() {
    CallMetrics metrics = metrics("Turnout/dev");

    for (String outcome : List.of("ok", "refused")) {
      LogFacts.begin("locations", "request-1", "Root=" + ROOT + ";Sampled=1");
      CallMetrics.Call call = metrics.begin("request-1");
      Measures.add(Metric.PINGS_TAKEN, 2);
      Measures.add(Metric.PINGS_TAKEN, 3);
      Measures.largest(Metric.OUTBOX_LAG, 1.5);
      Measures.largest(Metric.OUTBOX_LAG, 0.5);
      call.outcome(outcome);
      call.fact("status", 202);
      call.end();
    }

    List<JsonNode> lines = lines();
    assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(faults(line)).isEmpty());
    assertThat(lines)
        .extracting(line -> line.path("outcome").asText())
        .containsExactly("ok", "refused");
    JsonNode first = lines.getFirst();
    assertThat(first.path("PingsTaken").asInt()).isEqualTo(5);
    assertThat(first.path("OutboxLag").asDouble()).isEqualTo(1.5);
    assertThat(first.path("Duration").asDouble()).isNotNegative();
    assertThat(first.path("trace_id").asText()).isEqualTo(ROOT);
    assertThat(first.path("request_id").asText()).isEqualTo("request-1");
    assertThat(first.at("/_aws/CloudWatchMetrics/0/Dimensions/0"))
        .extracting(JsonNode::asText)
        .containsExactly("function", "outcome");
    assertThat(lines).extracting(line -> line.has("ColdStarts")).containsExactly(true, false);
  }

  @Test
  void whatNobodySaysTheOutcomeOfHasFailed() {
    metrics("Turnout/dev").begin(null).end();

    assertThat(lines())
        .singleElement()
        .extracting(line -> line.path("outcome").asText())
        .isEqualTo("failed");
  }

  @Test
  void largestBatchFitsIntoALine() {
    CallMetrics.Call call = metrics("Turnout/dev").begin("request-1");
    call.traces(IntStream.range(0, 10_000).mapToObj(i -> "1-5759e988-%024x".formatted(i)).toList());

    call.end();

    assertThat(lines()).singleElement().satisfies(line -> assertThat(faults(line)).isEmpty());
  }

  @Test
  void withoutNamespaceNothingIsWritten() {
    metrics(null).begin("request-1").end();

    assertThat(output.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void whatIsMeasuredOutsideACallIsNobodys() {
    Measures.add(Metric.MAILS_SENT, 1);

    metrics("Turnout/dev").begin("request-1").end();

    assertThat(lines()).singleElement().matches(line -> !line.has("MailsSent"));
  }

  @Test
  void namesAreUnique() {
    assertThat(Metric.values()).extracting(Metric::text).doesNotHaveDuplicates();
  }

  private static List<String> faults(JsonNode line) {
    return EmbeddedMetrics.faults(line);
  }

  private List<JsonNode> lines() {
    return EmbeddedMetrics.in(output.toString(StandardCharsets.UTF_8).lines());
  }

  private static CallMetrics metrics(@Nullable String namespace) {
    return new CallMetrics(namespace, "locations", new RealTime(), 1);
  }
}
