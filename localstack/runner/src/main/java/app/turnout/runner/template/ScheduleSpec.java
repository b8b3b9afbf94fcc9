package app.turnout.runner.template;

import java.time.ZoneId;
import java.util.Optional;

/// A schedule that calls a function.
///
/// @param id the function's logical id and the event's name
/// @param expression `rate(…)`, `cron(…)` or `at(…)`
/// @param zone that the expression is in
/// @param input the event, when it is given
/// @param kind who calls
public record ScheduleSpec(
    String id, String expression, ZoneId zone, Optional<String> input, Kind kind) {
  /// The service behind it: they send different events.
  public enum Kind {
    /// An EventBridge rule (`Schedule`).
    RULE,
    /// EventBridge Scheduler (`ScheduleV2`).
    SCHEDULER
  }
}
