package app.turnout.live.tickets;

import java.util.Map;

/// Starts the function `live-tickets` for tests.
public final class StartedTickets {
  private StartedTickets() {}

  public static LiveTicketsFunction with(Map<String, Object> properties) {
    return new LiveTicketsFunction(properties);
  }
}
