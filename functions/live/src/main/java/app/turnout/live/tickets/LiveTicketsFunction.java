package app.turnout.live.tickets;

import app.turnout.platform.http.HttpFunction;
import java.util.Map;

/// The function `live-tickets`.
public final class LiveTicketsFunction extends HttpFunction {
  /// Started by Lambda.
  public LiveTicketsFunction() {}

  LiveTicketsFunction(Map<String, Object> properties) {
    super(properties);
  }
}
