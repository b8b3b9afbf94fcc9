package app.turnout.runner.http;

import app.turnout.runner.template.RouteSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the route of a request by API Gateway's precedence: literal segments before parameters
/// before greedy ones, the method itself before `ANY`, `$default` last.
final class RouteTable {
  /// @param parameters of the path, decoded, by name
  record Match(RouteSpec route, Map<String, String> parameters) {}

  private final Map<String, RouteSpec> literal = new HashMap<>();
  private final List<RoutePattern> patterns = new ArrayList<>();
  private final Optional<RouteSpec> fallback;

  RouteTable(List<RouteSpec> routes) {
    for (RouteSpec route : routes) {
      if (route.path().equals("$default")) {
        continue;
      }
      RoutePattern pattern = RoutePattern.of(route);
      if (pattern.isLiteral()) {
        literal.put(route.method() + " " + route.path(), route);
      }
      patterns.add(pattern);
    }
    patterns.sort(RoutePattern.PRECEDENCE);
    fallback = routes.stream().filter(route -> route.path().equals("$default")).findFirst();
  }

  /// @param segments of the path, decoded: `/a/b%2Fc` has `a` and `b/c`
  /// @param rawPath as the client sent it
  Optional<Match> find(String method, String rawPath, List<String> segments) {
    RouteSpec exact = literal.get(method + " " + rawPath);
    if (exact != null) {
      return Optional.of(new Match(exact, Map.of()));
    }
    for (RoutePattern pattern : patterns) {
      Optional<Map<String, String>> parameters = pattern.match(method, segments);
      if (parameters.isPresent()) {
        return Optional.of(new Match(pattern.route(), parameters.get()));
      }
    }
    return fallback.map(route -> new Match(route, Map.of()));
  }
}
