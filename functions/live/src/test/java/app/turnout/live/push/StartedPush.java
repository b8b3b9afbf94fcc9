package app.turnout.live.push;

import java.util.Map;

/// Starts the function `live-push` for tests.
public final class StartedPush {
  private StartedPush() {}

  public static LivePushFunction with(Map<String, Object> properties) {
    return new LivePushFunction(properties);
  }
}
