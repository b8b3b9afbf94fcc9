package app.turnout.platform.logging;

import app.turnout.domain.OrganizationId;
import com.amazonaws.services.lambda.runtime.Context;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// What every line of a call's log says of the call. It belongs to the thread that serves the call.
public final class LogFacts {
  static final String FUNCTION = "function";
  static final String REQUEST = "request_id";
  static final String TRACE = "trace_id";
  static final String ORGANIZATION = "organization";

  /// The root of an X-Ray trace, as it stands in a trace header.
  private static final Pattern ROOT = Pattern.compile("(?:Root=|^)(1-[0-9a-f]{8}-[0-9a-f]{24})");

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
    trace(traceHeader).or(LogFacts::ofLambda).ifPresent(trace -> put(TRACE, trace));
  }

  /// A call of Lambda's begins that is no request.
  public static void begin(@Nullable String function, @Nullable Context lambda) {
    begin(function, lambda == null ? null : lambda.getAwsRequestId(), null);
  }

  /// The call acts in an organization from here on.
  public static void enter(@Nullable OrganizationId organization) {
    MDC.remove(ORGANIZATION);
    put(ORGANIZATION, organization == null ? null : organization.toString());
  }

  /// The call ends.
  public static void end() {
    MDC.clear();
  }

  private static void put(String name, @Nullable String value) {
    if (value != null) {
      MDC.put(name, value);
    }
  }

  private static Optional<String> ofLambda() {
    // Java runtimes have it as a property, which changes with each call; others as a variable.
    return trace(System.getProperty("com.amazonaws.xray.traceHeader"))
        .or(() -> trace(System.getenv("_X_AMZN_TRACE_ID")));
  }

  private static Optional<String> trace(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    Matcher root = ROOT.matcher(header);
    return root.find() ? Optional.of(root.group(1)) : Optional.empty();
  }
}
