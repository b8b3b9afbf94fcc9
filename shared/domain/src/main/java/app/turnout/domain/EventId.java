package app.turnout.domain;

import java.util.UUID;

/// Names one event: what is announced.
public record EventId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
