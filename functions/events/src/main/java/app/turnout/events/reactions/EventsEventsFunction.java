package app.turnout.events.reactions;

import app.turnout.platform.reactions.AreaEventsFunction;
import java.util.Map;

/// The function `events-events`.
public final class EventsEventsFunction extends AreaEventsFunction {
  /// Started by Lambda.
  public EventsEventsFunction() {}

  EventsEventsFunction(Map<String, Object> properties) {
    super(properties);
  }
}
