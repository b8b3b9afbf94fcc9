package app.turnout.live.sockets;

import java.util.Map;

/// Starts the function `live` for tests.
public final class StartedSockets {
  private StartedSockets() {}

  public static LiveFunction with(Map<String, Object> properties) {
    return new LiveFunction(properties);
  }
}
