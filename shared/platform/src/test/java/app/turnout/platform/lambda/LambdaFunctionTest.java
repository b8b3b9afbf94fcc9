package app.turnout.platform.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.platform.tracing.Trace;
import app.turnout.platform.tracing.TraceHeader;
import app.turnout.testing.EmbeddedMetrics;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LambdaFunctionTest {
  private static final String ONE = "1-5759e988-bd862e3fe1be46a994272793";
  private static final String OTHER = "1-5759e988-bd862e3fe1be46a994272794";

  private final PrintStream before = System.out;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Consumer consumer = new Consumer();

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() {
    System.setOut(before);
    consumer.close();
  }

  @Test
  void batchOfOneTraceWorksForIt() {
    consumer.consume(batch(ONE, ONE), () -> answer(0));

    assertThat(consumer.worked).containsExactly(ONE);
    assertThat(line().path("trace_id").asText()).isEqualTo(ONE);
    assertThat(line().path("outcome").asText()).isEqualTo("ok");
    assertThat(line().path("BatchMessages").asInt()).isEqualTo(2);
    assertThat(Trace.current()).isEmpty();
  }

  @Test
  void batchOfSeveralWorksForOneOfItsOwnAndNamesThem() {
    consumer.consume(batch(ONE, OTHER, null), () -> answer(1));

    assertThat(consumer.worked).hasSize(1).doesNotContain(ONE, OTHER);
    assertThat(line().path("trace_id").asText()).isEqualTo(consumer.worked.getFirst());
    assertThat(line().path("traces")).extracting(JsonNode::asText).containsExactly(ONE, OTHER);
    assertThat(line().path("outcome").asText()).isEqualTo("partial");
    assertThat(line().path("BatchFailures").asInt()).isEqualTo(1);
  }

  @Test
  void batchThatFailsIsCounted() {
    assertThatThrownBy(
            () ->
                consumer.consume(
                    batch(ONE),
                    () -> {
                      throw new IllegalStateException("somebody's");
                    }))
        .isInstanceOf(CallFailedException.class);

    assertThat(line().path("outcome").asText()).isEqualTo("failed");
    assertThat(Trace.current()).isEmpty();
  }

  private JsonNode line() {
    return EmbeddedMetrics.in(output.toString(StandardCharsets.UTF_8).lines()).getFirst();
  }

  private static SQSBatchResponse answer(int failures) {
    return new SQSBatchResponse(
        Stream.generate(() -> new SQSBatchResponse.BatchItemFailure("id"))
            .limit(failures)
            .toList());
  }

  private static SQSEvent batch(@Nullable String... traces) {
    List<SQSEvent.SQSMessage> messages = new ArrayList<>();
    for (String trace : traces) {
      SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
      message.setAttributes(trace == null ? Map.of() : Map.of("AWSTraceHeader", "Root=" + trace));
      messages.add(message);
    }
    SQSEvent batch = new SQSEvent();
    batch.setRecords(messages);
    return batch;
  }

  private static final class Consumer extends LambdaFunction {
    final List<String> worked = new ArrayList<>();

    Consumer() {
      super(
          Map.of(
              "turnout.function",
              "consumer",
              "turnout.metrics.namespace",
              "Turnout/test",
              "turnout.public-url",
              "http://localhost",
              "datasources.default.url",
              "jdbc:postgresql://127.0.0.1:1/none",
              "aws.region",
              "eu-central-1"));
    }

    void consume(SQSEvent batch, Supplier<SQSBatchResponse> work) {
      callForBatch(
          batch,
          null,
          () -> {
            worked.add(Trace.current().map(TraceHeader::root).orElse("none"));
            return work.get();
          });
    }
  }
}
