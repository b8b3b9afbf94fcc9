package app.turnout.platform.http;

import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import io.micronaut.http.HttpHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// What a problem says in headers.
final class ProblemHeaders {
  private ProblemHeaders() {}

  /// `Retry-After` in whole seconds, rounded up, and `WWW-Authenticate` on 401.
  static Map<String, String> of(ProblemException problem) {
    Map<String, String> headers = new HashMap<>();
    Duration retryAfter = problem.retryAfter();
    if (retryAfter != null) {
      long seconds = retryAfter.plusNanos(999_999_999).toSeconds();
      headers.put(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, seconds)));
    }
    if (problem.type().status() == 401) {
      headers.put(
          HttpHeaders.WWW_AUTHENTICATE,
          problem.type() == ProblemType.INVALID_TOKEN
              ? "Bearer realm=\"turnout\", error=\"invalid_token\""
              : "Bearer realm=\"turnout\"");
    }
    return headers;
  }
}
