package app.turnout.platform.metrics;

import app.turnout.platform.time.RealTime;
import app.turnout.platform.tracing.Trace;
import app.turnout.platform.tracing.TraceHeader;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Writes one line of JSON a call to standard output, which CloudWatch reads metrics from (embedded
/// metric format):
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
///
/// Beside its metrics a line says `request_id`, `trace_id`, `traces` (what a batch was made of) and
/// what the function adds; ids and codes, nobody's data. Without the property
/// `turnout.metrics.namespace` there is no line.
public final class CallMetrics {
  private static final JsonFactory JSON = new JsonFactory();
  private static final double NANOS_A_MILLI = 1e6;

  /// CloudWatch takes lines of 256 KB, and a trace has 38 bytes.
  private static final int MOST_TRACES = 2_500;

  private final @Nullable String namespace;
  private final @Nullable String function;
  private final RealTime time;
  private final double startMillis;
  private final AtomicBoolean warm = new AtomicBoolean();

  /// @param startMillis how long the function took to start
  CallMetrics(
      @Nullable String namespace, @Nullable String function, RealTime time, double startMillis) {
    this.namespace = namespace;
    this.function = function;
    this.time = time;
    this.startMillis = startMillis;
  }

  /// Those of a function that has started just now.
  ///
  /// @param startedNanos when it began to, by [System#nanoTime()]
  public static CallMetrics of(ApplicationContext context, long startedNanos) {
    return new CallMetrics(
        context
            .getProperty("turnout.metrics.namespace", String.class)
            .filter(name -> !name.isBlank())
            .orElse(null),
        context.getProperty("turnout.function", String.class).orElse(null),
        context.getBean(RealTime.class),
        (System.nanoTime() - startedNanos) / NANOS_A_MILLI);
  }

  /// A call begins, on this thread.
  public Call begin(@Nullable String requestId) {
    Measures.begin();
    return new Call(requestId, System.nanoTime());
  }

  /// A call under way. It counts as failed until something else is said.
  public final class Call {
    private final @Nullable String requestId;
    private final long begunNanos;
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private String outcome = "failed";

    private Call(@Nullable String requestId, long begunNanos) {
      this.requestId = requestId;
      this.begunNanos = begunNanos;
    }

    /// What came of it, see [Metric#DURATION].
    public void outcome(String name) {
      outcome = name;
    }

    /// A fact for the line, an id or a code; no metric.
    ///
    /// @param value a text, a number, or many of them
    public void fact(String name, @Nullable Object value) {
      if (value != null) {
        facts.put(name, value);
      }
    }

    /// Of what the call's batch was made, by the roots of their traces.
    public void traces(Collection<String> roots) {
      fact("traces", roots.stream().limit(MOST_TRACES).toList());
    }

    /// The call ends: its line is written.
    public void end() {
      Map<Metric, Double> measured = Measures.end();
      boolean isFirst = !warm.getAndSet(true);
      if (namespace == null || function == null) {
        return;
      }
      measured.put(Metric.DURATION, (System.nanoTime() - begunNanos) / NANOS_A_MILLI);
      if (isFirst) {
        measured.put(Metric.COLD_STARTS, 1.0);
        if (!"snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
          measured.put(Metric.START_DURATION, startMillis);
        }
      }
      System.out.println(line(this, measured));
    }
  }

  private String line(Call call, Map<Metric, Double> measured) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeObjectFieldStart("_aws");
      json.writeNumberField("Timestamp", time.now().toEpochMilli());
      json.writeArrayFieldStart("CloudWatchMetrics");
      directive(json, List.of("function", "outcome"), List.of(Metric.DURATION));
      List<Metric> others =
          measured.keySet().stream().filter(metric -> metric != Metric.DURATION).toList();
      if (!others.isEmpty()) {
        directive(json, List.of("function"), others);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeStringField("function", function);
      json.writeStringField("outcome", call.outcome);
      for (Map.Entry<Metric, Double> each : measured.entrySet()) {
        json.writeFieldName(each.getKey().text());
        number(json, each.getValue());
      }
      facts(json, call);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void directive(JsonGenerator json, List<String> dimensions, List<Metric> metrics)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("Namespace", Objects.requireNonNull(namespace));
    json.writeArrayFieldStart("Dimensions");
    json.writeStartArray();
    for (String dimension : dimensions) {
      json.writeString(dimension);
    }
    json.writeEndArray();
    json.writeEndArray();
    json.writeArrayFieldStart("Metrics");
    for (Metric metric : metrics) {
      json.writeStartObject();
      json.writeStringField("Name", metric.text());
      json.writeStringField("Unit", metric.unit().text());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void facts(JsonGenerator json, Call call) throws IOException {
    if (call.requestId != null) {
      json.writeStringField("request_id", call.requestId);
    }
    String trace = Trace.current().map(TraceHeader::root).orElse(null);
    if (trace != null) {
      json.writeStringField("trace_id", trace);
    }
    for (Map.Entry<String, Object> fact : call.facts.entrySet()) {
      json.writeFieldName(fact.getKey());
      if (fact.getValue() instanceof Integer number) {
        json.writeNumber(number);
      } else if (fact.getValue() instanceof Collection<?> many) {
        json.writeStartArray();
        for (Object one : many) {
          json.writeString(one.toString());
        }
        json.writeEndArray();
      } else {
        json.writeString(fact.getValue().toString());
      }
    }
  }

  /// Thousandths are enough of anything.
  private static void number(JsonGenerator json, double value) throws IOException {
    if (value == Math.rint(value)) {
      json.writeNumber((long) value);
    } else {
      json.writeNumber(Math.round(value * 1000) / 1000.0);
    }
  }
}
