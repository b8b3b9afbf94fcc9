package app.turnout.organizations.reactions;

import app.turnout.platform.reactions.AreaEventsFunction;
import java.util.Map;

/// The function `organizations-events`.
public final class OrganizationsEventsFunction extends AreaEventsFunction {
  /// Started by Lambda.
  public OrganizationsEventsFunction() {}

  OrganizationsEventsFunction(Map<String, Object> properties) {
    super(properties);
  }
}
