package app.turnout.runner.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A function and what feeds it.
///
/// @param id the logical id
/// @param codeUri the directory of its code, relative to the template
/// @param handler the class, or `class::method`
/// @param timeout how long a call may take
/// @param reservedConcurrency how many calls it serves at once
/// @param environment variables, worked out
public record FunctionSpec(
    String id,
    String codeUri,
    String handler,
    Duration timeout,
    int memoryMegabytes,
    Optional<Integer> reservedConcurrency,
    Map<String, String> environment,
    List<RouteSpec> routes,
    List<QueueSourceSpec> queueSources,
    List<ScheduleSpec> schedules) {

  public FunctionSpec {
    environment = Map.copyOf(environment);
    routes = List.copyOf(routes);
    queueSources = List.copyOf(queueSources);
    schedules = List.copyOf(schedules);
  }
}
