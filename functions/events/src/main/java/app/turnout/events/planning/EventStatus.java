package app.turnout.events.planning;

import app.turnout.domain.TimeWindow;
import java.time.Instant;
import java.util.Locale;

/// How far an event, or one of its dates, has come. `active` and `completed` follow from the time
/// once it is scheduled: they are read from it, and stored by `closing` some time later. A
/// recurring event is `active` while one of its dates is.
public enum EventStatus {
  DRAFT,
  SCHEDULED,
  ACTIVE,
  COMPLETED,
  CANCELLED;

  /// What this stored status is at an instant, for something that lasts from the window's start to
  /// its end.
  public EventStatus at(Instant now, TimeWindow window) {
    if (this != SCHEDULED && this != ACTIVE) {
      return this;
    }
    if (!now.isBefore(window.end())) {
      return COMPLETED;
    }
    return window.contains(now) ? ACTIVE : SCHEDULED;
  }

  /// As the API and the database have it.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
