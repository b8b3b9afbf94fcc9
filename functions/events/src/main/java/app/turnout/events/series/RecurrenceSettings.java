package app.turnout.events.series;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Period;

/// How far ahead dates are made.
///
/// @param horizon a period of ISO 8601
@ConfigurationProperties("turnout.recurrence")
public record RecurrenceSettings(@Bindable(defaultValue = "P1Y") String horizon) {
  public RecurrenceSettings {
    Period.parse(horizon);
  }

  /// So long before they begin.
  public Period ahead() {
    return Period.parse(horizon);
  }
}
