package app.turnout.domain;

import java.util.UUID;

/// Names one ticket type of an event.
public record TicketTypeId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
