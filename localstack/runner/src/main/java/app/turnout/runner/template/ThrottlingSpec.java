package app.turnout.runner.template;

import app.turnout.runner.RunnerException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How many requests an API takes, or messages.
///
/// @param usual of a route that has no rule of its own
/// @param byRoute rules of single routes, by keys such as `GET /events` or `$connect`
public record ThrottlingSpec(Optional<Limit> usual, Map<String, Limit> byRoute) {
  /// A token bucket.
  ///
  /// @param perSecond how fast it fills
  /// @param burst how much it holds
  public record Limit(double perSecond, int burst) {
    static Optional<Limit> read(PropertyReader settings) {
      if (settings.find("ThrottlingRateLimit").isEmpty()
          && settings.find("ThrottlingBurstLimit").isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new Limit(
                Double.parseDouble(settings.requiredText("ThrottlingRateLimit")),
                Integer.parseInt(settings.requiredText("ThrottlingBurstLimit"))));
      } catch (NumberFormatException e) {
        throw settings.failure("throttling limits are numbers");
      }
    }
  }

  /// An API that takes all that comes.
  public static final ThrottlingSpec NONE = new ThrottlingSpec(Optional.empty(), Map.of());

  public ThrottlingSpec {
    byRoute = Map.copyOf(byRoute);
  }

  /// @throws RunnerException when a limit is no number
  static ThrottlingSpec read(PropertyReader apiOrStage) {
    Map<String, Limit> byRoute = new LinkedHashMap<>();
    for (PropertyReader route : apiOrStage.sections("RouteSettings")) {
      Limit.read(route).ifPresent(limit -> byRoute.put(route.id(), limit));
    }
    return new ThrottlingSpec(Limit.read(apiOrStage.section("DefaultRouteSettings")), byRoute);
  }
}
