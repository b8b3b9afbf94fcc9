package app.turnout.events.series;

import java.util.UUID;

/// Names one part of a recurring event.
public record SeriesId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
