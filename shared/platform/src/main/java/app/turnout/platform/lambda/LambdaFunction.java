package app.turnout.platform.lambda;

import app.turnout.platform.logging.LogFacts;
import app.turnout.platform.metrics.CallMetrics;
import app.turnout.platform.metrics.Measures;
import app.turnout.platform.metrics.Metric;
import app.turnout.platform.time.RealTime;
import app.turnout.platform.tracing.Trace;
import app.turnout.platform.tracing.TraceHeader;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.micronaut.context.ApplicationContext;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A function that queues or schedules call: beans of its own, and calls whose log says which call
/// it was.
public abstract class LambdaFunction implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LambdaFunction.class);

  /// The beans of this function.
  protected final ApplicationContext context;

  private final @Nullable String name;
  private final CallMetrics metrics;
  private final RealTime time;

  /// Starts the function's own context.
  ///
  /// @param properties go before all others; for tests
  protected LambdaFunction(Map<String, Object> properties) {
    this(System.nanoTime(), properties);
  }

  private LambdaFunction(long startedNanos, Map<String, Object> properties) {
    this(startedNanos, FunctionContext.start(properties));
  }

  /// With a context that was started before; for tests.
  protected LambdaFunction(ApplicationContext context) {
    this(System.nanoTime(), context);
  }

  private LambdaFunction(long startedNanos, ApplicationContext context) {
    this.context = context;
    this.name = context.getProperty("turnout.function", String.class).orElse(null);
    this.metrics = CallMetrics.of(context, startedNanos);
    this.time = context.getBean(RealTime.class);
  }

  /// The beans of this function; for tests.
  public final ApplicationContext context() {
    return context;
  }

  /// Does a call's work. What it throws is logged here, once and without its words.
  ///
  /// @throws CallFailedException when the work throws
  protected final <T extends @Nullable Object> T call(@Nullable Context lambda, Supplier<T> work) {
    return call(
        lambda,
        call -> {
          T done = work.get();
          call.outcome("ok");
          return done;
        });
  }

  /// The same for a batch of a queue. The call works for the trace that caused its messages when
  /// that is one; else for its own, and the line of its metrics names theirs.
  ///
  /// @throws CallFailedException when the work throws
  protected final SQSBatchResponse callForBatch(
      SQSEvent batch, @Nullable Context lambda, Supplier<SQSBatchResponse> work) {
    return call(
        lambda,
        call -> {
          Set<TraceHeader> causes = causes(batch);
          if (causes.size() == 1) {
            LogFacts.trace(causes.iterator().next());
          }
          call.traces(causes.stream().map(TraceHeader::root).toList());
          Measures.add(Metric.BATCH_MESSAGES, batch.getRecords().size());
          SQSBatchResponse response = work.get();
          int failures = response.getBatchItemFailures().size();
          Measures.add(Metric.BATCH_FAILURES, failures);
          call.outcome(
              failures == 0 ? "ok" : failures < batch.getRecords().size() ? "partial" : "failed");
          return response;
        });
  }

  /// The header of the trace that caused a message, as SQS keeps it; null when it has none.
  protected static @Nullable String traceHeader(SQSEvent.SQSMessage message) {
    Map<String, String> attributes = message.getAttributes();
    return attributes == null ? null : attributes.get("AWSTraceHeader");
  }

  /// One of each trace.
  private static Set<TraceHeader> causes(SQSEvent batch) {
    Map<String, TraceHeader> causes = new LinkedHashMap<>();
    for (SQSEvent.SQSMessage message : batch.getRecords()) {
      TraceHeader.parse(traceHeader(message))
          .ifPresent(cause -> causes.putIfAbsent(cause.root(), cause));
    }
    return new LinkedHashSet<>(causes.values());
  }

  private <T extends @Nullable Object> T call(
      @Nullable Context lambda, Function<CallMetrics.Call, T> work) {
    LogFacts.begin(name, lambda);
    if (Trace.current().isEmpty()) {
      LogFacts.trace(TraceHeader.begin(time.now()));
    }
    CallMetrics.Call call = metrics.begin(lambda == null ? null : lambda.getAwsRequestId());
    try {
      return work.apply(call);
    } catch (RuntimeException e) {
      LOG.error("The call failed", e);
      throw new CallFailedException(e);
    } finally {
      call.end();
      LogFacts.end();
    }
  }

  /// Closes pools and clients.
  @Override
  public void close() {
    context.close();
  }
}
