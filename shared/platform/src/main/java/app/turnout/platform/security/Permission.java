package app.turnout.platform.security;

import static app.turnout.platform.security.Role.ORG_ADMIN;
import static app.turnout.platform.security.Role.ORG_MANAGER;
import static app.turnout.platform.security.Role.ORG_OPERATOR;
import static app.turnout.platform.security.Role.ORG_OWNER;
import static app.turnout.platform.security.Role.ORG_VIEWER;

import java.util.Set;

/// What may be done in an organization, and by whom: the permission matrix, in this one place.
/// `super_admin` may do all.
public enum Permission {
  ORGANIZATION_READ(
      "organization.read",
      true,
      Set.of(ORG_OWNER, ORG_ADMIN, ORG_MANAGER, ORG_OPERATOR, ORG_VIEWER)),
  POSITIONS_READ("positions.read", true, Set.of(ORG_OWNER, ORG_ADMIN, ORG_MANAGER, ORG_OPERATOR)),
  MESSAGES_READ("messages.read", true, Set.of(ORG_OWNER, ORG_ADMIN, ORG_MANAGER, ORG_OPERATOR)),
  ATTENDANCE_WRITE(
      "attendance.write", true, Set.of(ORG_OWNER, ORG_ADMIN, ORG_MANAGER, ORG_OPERATOR)),
  EVENTS_UPDATE("events.update", true, Set.of(ORG_OWNER, ORG_ADMIN, ORG_MANAGER, ORG_OPERATOR)),
  EVENTS_MANAGE("events.manage", true, Set.of(ORG_OWNER, ORG_ADMIN, ORG_MANAGER)),
  PARTICIPANTS_MANAGE("participants.manage", true, Set.of(ORG_OWNER, ORG_ADMIN, ORG_MANAGER)),
  BOOKINGS_MANAGE("bookings.manage", true, Set.of(ORG_OWNER, ORG_ADMIN, ORG_MANAGER)),
  MESSAGING_MANAGE("messaging.manage", true, Set.of(ORG_OWNER, ORG_ADMIN, ORG_MANAGER)),
  ORGANIZATION_MANAGE("organization.manage", false, Set.of(ORG_OWNER, ORG_ADMIN)),
  ORGANIZATION_OWN("organization.own", false, Set.of(ORG_OWNER));

  private final String wire;
  private final boolean forApiKeys;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot be changed
  private final Set<Role> roles;

  Permission(String wire, boolean forApiKeys, Set<Role> roles) {
    this.wire = wire;
    this.forApiKeys = forApiKeys;
    this.roles = roles;
  }

  /// The wire value, which API keys carry as a scope.
  public String wire() {
    return wire;
  }

  /// Whether an API key may carry it.
  public boolean forApiKeys() {
    return forApiKeys;
  }

  /// Throws IllegalArgumentException when there is none of that name.
  public static Permission fromWire(String wire) {
    for (Permission permission : values()) {
      if (permission.wire.equals(wire)) {
        return permission;
      }
    }
    throw new IllegalArgumentException("No permission " + wire);
  }

  public boolean isGrantedTo(Role role) {
    return role == Role.SUPER_ADMIN || roles.contains(role);
  }
}
