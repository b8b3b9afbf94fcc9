package app.turnout.domain;

import java.util.UUID;

/// Names one occurrence: one date of an event.
public record OccurrenceId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
