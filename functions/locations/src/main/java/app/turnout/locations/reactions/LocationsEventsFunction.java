package app.turnout.locations.reactions;

import app.turnout.platform.reactions.AreaEventsFunction;
import java.util.Map;

/// The function `locations-events`.
public final class LocationsEventsFunction extends AreaEventsFunction {
  /// Started by Lambda.
  public LocationsEventsFunction() {}

  LocationsEventsFunction(Map<String, Object> properties) {
    super(properties);
  }
}
