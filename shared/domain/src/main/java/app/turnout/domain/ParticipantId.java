package app.turnout.domain;

import java.util.UUID;

/// Names one participant: a person expected at an occurrence.
public record ParticipantId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
