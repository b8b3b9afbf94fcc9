package app.turnout.platform.security;

import java.util.Locale;

/// A user's part in an organization; `super_admin` is the platform's.
public enum Role {
  SUPER_ADMIN,
  ORG_OWNER,
  ORG_ADMIN,
  ORG_MANAGER,
  ORG_OPERATOR,
  ORG_VIEWER;

  /// The wire and stored value, lower snake case.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Role fromWire(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
