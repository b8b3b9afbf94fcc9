package app.turnout.organizations.members;

import app.turnout.platform.security.Role;
import java.util.Locale;

/// The roles that somebody can have in an organization, from the most to the least.
public enum MemberRole {
  ORG_OWNER,
  ORG_ADMIN,
  ORG_MANAGER,
  ORG_OPERATOR,
  ORG_VIEWER;

  /// Whether it may do more than another.
  public boolean isAbove(MemberRole other) {
    return compareTo(other) < 0;
  }

  /// As the platform knows it.
  public Role role() {
    return Role.valueOf(name());
  }

  /// The wire and stored value, lower snake case.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static MemberRole fromWire(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
