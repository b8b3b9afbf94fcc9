package app.turnout.runner.http;

import app.turnout.runner.function.Outcome;
import app.turnout.stores.LocalAws;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/// What is known of a request under the names that access logs have for it, `$context.…`.
final class Access {
  private final long begin = System.nanoTime();
  private final Map<String, String> context = new HashMap<>();
  private long callBegin = begin;

  Access(Request request, String requestId, Instant time) {
    context.put("requestId", requestId);
    context.put("requestTime", HttpEvent.TIME.format(time));
    context.put("requestTimeEpoch", Long.toString(time.toEpochMilli()));
    context.put("httpMethod", request.getMethod());
    context.put("protocol", request.getConnectionMetaData().getHttpVersion().asString());
    context.put("path", Optional.ofNullable(request.getHttpURI().getPath()).orElse("/"));
    context.put("domainName", Request.getServerName(request));
    context.put("identity.sourceIp", Request.getRemoteAddr(request));
    Optional.ofNullable(request.getHeaders().get(HttpHeader.USER_AGENT))
        .ifPresent(agent -> context.put("identity.userAgent", agent));
    context.put("stage", "$default");
    context.put("accountId", LocalAws.ACCOUNT);
  }

  void routed(String routeKey) {
    context.put("routeKey", routeKey);
  }

  void calling() {
    callBegin = System.nanoTime();
  }

  /// The status is that of Lambda's answer, which is 200 also when the function failed.
  void called(Outcome outcome) {
    latency();
    switch (outcome) {
      case Outcome.Answered _ -> integration("200", Optional.empty());
      case Outcome.Failed _ ->
          integration("200", Optional.of("The function failed, see its own log"));
      case Outcome.TimedOut late -> integration("200", Optional.of(late.reason()));
      case Outcome.TooLarge _ -> integration("413", Optional.of("The event is too large"));
      case Outcome.Throttled _ -> integration("429", Optional.of("Rate Exceeded."));
    }
  }

  /// The function took longer than the API waits.
  void gaveUp() {
    latency();
    integration("-", Optional.of("Endpoint request timed out"));
  }

  private void latency() {
    String millis = Long.toString((System.nanoTime() - callBegin) / 1_000_000);
    context.put("integrationLatency", millis);
    context.put("integration.latency", millis);
  }

  private void integration(String status, Optional<String> failure) {
    context.put("integrationStatus", status);
    context.put("integration.integrationStatus", status);
    failure.ifPresent(
        message -> {
          context.put("integrationErrorMessage", message);
          context.put("integration.error", message);
        });
  }

  /// All of it, once there is an answer.
  ///
  /// @param length of the body, in bytes
  Map<String, String> answered(HttpAnswer answer, int length) {
    context.put("status", Integer.toString(answer.status()));
    context.put("responseLength", Integer.toString(length));
    context.put("responseLatency", Long.toString((System.nanoTime() - begin) / 1_000_000));
    answer
        .reason()
        .ifPresent(
            reason -> {
              context.put("error.message", reason);
              context.put("error.messageString", '"' + reason + '"');
            });
    return context;
  }
}
