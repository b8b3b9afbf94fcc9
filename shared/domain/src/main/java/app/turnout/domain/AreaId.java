package app.turnout.domain;

import java.util.UUID;

/// Names one area: a venue.
public record AreaId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
