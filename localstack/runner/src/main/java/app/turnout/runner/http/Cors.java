package app.turnout.runner.http;

import app.turnout.runner.template.CorsSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// API Gateway's part in calls from pages of other origins: it answers their questions itself, and
/// puts its own headers in place of the function's.
final class Cors {
  private final Optional<CorsSpec> rules;

  Cors(Optional<CorsSpec> rules) {
    this.rules = rules;
  }

  /// The answer to a preflight request.
  Optional<HttpAnswer> preflight(String method, Optional<String> origin, boolean asksForMethod) {
    if (rules.isEmpty() || !method.equals("OPTIONS") || origin.isEmpty() || !asksForMethod) {
      return Optional.empty();
    }
    List<HttpEvent.Header> headers = new ArrayList<>(headers(origin));
    if (!headers.isEmpty()) {
      CorsSpec spec = rules.get();
      add(headers, "access-control-allow-methods", spec.allowMethods());
      add(headers, "access-control-allow-headers", spec.allowHeaders());
      if (spec.maxAgeSeconds() > 0) {
        headers.add(new HttpEvent.Header("access-control-max-age", "" + spec.maxAgeSeconds()));
      }
    }
    return Optional.of(new HttpAnswer(204, headers, new byte[0]));
  }

  /// Whether a header of a function's answer is let through.
  boolean lets(HttpEvent.Header header) {
    return rules.isEmpty() || !header.name().startsWith("access-control-");
  }

  /// What is added to the answer to a call from that origin.
  List<HttpEvent.Header> headers(Optional<String> origin) {
    List<HttpEvent.Header> headers = new ArrayList<>();
    if (rules.isPresent() && origin.isPresent() && allows(rules.get(), origin.get())) {
      CorsSpec spec = rules.get();
      String allowed = spec.allowOrigins().contains("*") ? "*" : origin.get();
      headers.add(new HttpEvent.Header("access-control-allow-origin", allowed));
      if (spec.allowCredentials()) {
        headers.add(new HttpEvent.Header("access-control-allow-credentials", "true"));
      }
      add(headers, "access-control-expose-headers", spec.exposeHeaders());
    }
    return headers;
  }

  private static boolean allows(CorsSpec spec, String origin) {
    return spec.allowOrigins().stream()
        .anyMatch(
            allowed ->
                allowed.equals("*")
                    || allowed.equals(origin)
                    || (allowed.endsWith("://*")
                        && origin.startsWith(allowed.substring(0, allowed.length() - 1))));
  }

  private static void add(List<HttpEvent.Header> headers, String name, List<String> values) {
    if (!values.isEmpty()) {
      headers.add(new HttpEvent.Header(name, String.join(",", values)));
    }
  }
}
