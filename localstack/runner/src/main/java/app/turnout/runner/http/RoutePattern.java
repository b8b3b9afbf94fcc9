package app.turnout.runner.http;

import app.turnout.runner.template.RouteSpec;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A route's path, taken apart.
record RoutePattern(RouteSpec route, List<Segment> segments) {
  /// The most specific first.
  static final Comparator<RoutePattern> PRECEDENCE = RoutePattern::compare;

  private enum Kind {
    LITERAL,
    PARAMETER,
    GREEDY
  }

  /// @param text the literal itself, or the parameter's name
  private record Segment(Kind kind, String text) {
    static Segment of(String written) {
      if (!written.startsWith("{") || !written.endsWith("}")) {
        return new Segment(Kind.LITERAL, written);
      }
      return written.endsWith("+}")
          ? new Segment(Kind.GREEDY, written.substring(1, written.length() - 2))
          : new Segment(Kind.PARAMETER, written.substring(1, written.length() - 1));
    }
  }

  static RoutePattern of(RouteSpec route) {
    return new RoutePattern(
        route, Stream.of(route.path().substring(1).split("/", -1)).map(Segment::of).toList());
  }

  boolean isLiteral() {
    return segments.stream().allMatch(segment -> segment.kind() == Kind.LITERAL);
  }

  Optional<Map<String, String>> match(String method, List<String> path) {
    if (!route.method().equals("ANY") && !route.method().equals(method)) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      if (i >= path.size()) {
        return Optional.empty();
      }
      String given = path.get(i);
      switch (segment.kind()) {
        case LITERAL -> {
          if (!given.equals(segment.text())) {
            return Optional.empty();
          }
        }
        case PARAMETER -> {
          if (given.isEmpty()) {
            return Optional.empty();
          }
          parameters.put(segment.text(), given);
        }
        case GREEDY -> {
          parameters.put(segment.text(), String.join("/", path.subList(i, path.size())));
          return Optional.of(parameters);
        }
      }
    }
    return path.size() == segments.size() ? Optional.of(parameters) : Optional.empty();
  }

  private static int compare(RoutePattern one, RoutePattern other) {
    int shared = Math.min(one.segments.size(), other.segments.size());
    for (int i = 0; i < shared; i++) {
      int byKind = one.segments.get(i).kind().compareTo(other.segments.get(i).kind());
      if (byKind != 0) {
        return byKind;
      }
    }
    int byLength = Integer.compare(other.segments.size(), one.segments.size());
    return byLength != 0
        ? byLength
        : Boolean.compare(one.route.method().equals("ANY"), other.route.method().equals("ANY"));
  }
}
