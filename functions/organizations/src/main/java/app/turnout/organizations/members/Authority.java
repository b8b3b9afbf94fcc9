package app.turnout.organizations.members;

import app.turnout.platform.security.Permission;
import app.turnout.platform.security.Role;

/// What somebody may do to the members of an organization: nobody makes another, or themselves,
/// more than they are, and nobody but an owner touches owners.
///
/// @param role that they have at this moment
public record Authority(Role role) {
  /// Whether they may give this role to somebody.
  public boolean mayGrant(MemberRole granted) {
    return Permission.ORGANIZATION_MANAGE.isGrantedTo(role)
        && (isOwners() || MemberRole.valueOf(role.name()).compareTo(granted) <= 0);
  }

  /// Whether they may change or remove somebody who has this role.
  public boolean mayTouch(MemberRole present) {
    return mayGrant(present);
  }

  private boolean isOwners() {
    return Permission.ORGANIZATION_OWN.isGrantedTo(role);
  }
}
