package app.turnout.domain;

import java.time.Instant;

/// A span of time that contains its start and not its end.
public record TimeWindow(Instant start, Instant end) {
  public TimeWindow {
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("end must not be before start");
    }
  }

  public boolean contains(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }
}
