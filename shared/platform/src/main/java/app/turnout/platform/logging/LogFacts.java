package app.turnout.platform.logging;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.tracing.Trace;
import app.turnout.platform.tracing.TraceHeader;
import com.amazonaws.services.lambda.runtime.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// What every line of a call's log says of the call. It belongs to the thread that serves the call.
public final class LogFacts {
  static final String FUNCTION = "function";
  static final String REQUEST = "request_id";
  static final String TRACE = "trace_id";
  static final String ORGANIZATION = "organization";

  private LogFacts() {}

  /// A call begins.
  ///
  /// @param traceHeader as X-Ray has it (`Root=1-…;Parent=…;Sampled=…`); null when none came along,
  ///   and then Lambda's own counts
  public static void begin(
      @Nullable String function, @Nullable String requestId, @Nullable String traceHeader) {
    MDC.clear();
    put(FUNCTION, function);
    put(REQUEST, requestId);
    trace(cause(TraceHeader.parse(traceHeader), TraceHeader.ofLambda()));
  }

  /// Lambda's own says more of the same trace: which segment of it this call is.
  private static @Nullable TraceHeader cause(
      Optional<TraceHeader> given, Optional<TraceHeader> ofLambda) {
    return given
        .filter(header -> ofLambda.filter(own -> own.root().equals(header.root())).isEmpty())
        .or(() -> ofLambda)
        .orElse(null);
  }

  /// A call of Lambda's begins that is no request.
  public static void begin(@Nullable String function, @Nullable Context lambda) {
    begin(function, lambda == null ? null : lambda.getAwsRequestId(), null);
  }

  /// The call works for another trace from here on: the one that what it was given carries along.
  /// Nothing changes when that names none.
  ///
  /// @return what it worked for before, for [#trace(TraceHeader)] to go back to
  public static @Nullable TraceHeader follow(@Nullable String traceHeader) {
    TraceHeader before = Trace.current().orElse(null);
    TraceHeader.parse(traceHeader).ifPresent(LogFacts::trace);
    return before;
  }

  /// The call works for this trace from here on.
  public static void trace(@Nullable TraceHeader trace) {
    Trace.set(trace);
    MDC.remove(TRACE);
    put(TRACE, trace == null ? null : trace.root());
  }

  /// The call acts in an organization from here on.
  public static void enter(@Nullable OrganizationId organization) {
    MDC.remove(ORGANIZATION);
    put(ORGANIZATION, organization == null ? null : organization.toString());
  }

  /// The call ends.
  public static void end() {
    MDC.clear();
    Trace.set(null);
  }

  private static void put(String name, @Nullable String value) {
    if (value != null) {
      MDC.put(name, value);
    }
  }
}
