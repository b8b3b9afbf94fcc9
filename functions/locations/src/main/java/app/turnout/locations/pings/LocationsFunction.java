package app.turnout.locations.pings;

import app.turnout.platform.http.HttpFunction;
import java.util.Map;

/// The function `locations`.
public final class LocationsFunction extends HttpFunction {
  /// Started by Lambda.
  public LocationsFunction() {}

  LocationsFunction(Map<String, Object> properties) {
    super(properties);
  }
}
