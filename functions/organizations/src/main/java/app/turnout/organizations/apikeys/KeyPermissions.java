package app.turnout.organizations.apikeys;

import app.turnout.organizations.members.Authority;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.Permission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The permissions of a key, by their wire names.
final class KeyPermissions {
  private KeyPermissions() {}

  /// Those that are wished for. Throws ProblemException naming each that no key may carry, and when
  /// who gives them does not have them.
  static Set<Permission> granted(List<String> names, Authority by) {
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      List<Permission> found = forKeys().filter(each -> each.wire().equals(name)).toList();
      if (found.isEmpty()) {
        errors.add(
            new FieldError(
                "permissions[" + i + "]",
                "enum",
                "must be one of "
                    + forKeys().map(Permission::wire).collect(Collectors.joining(", "))));
      }
      permissions.addAll(found);
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalidFields(errors);
    }
    for (Permission permission : permissions) {
      if (!permission.isGrantedTo(by.role())) {
        throw new ProblemException(
            ProblemType.FORBIDDEN, permission.wire() + " is not granted to " + by.role().wire());
      }
    }
    return permissions;
  }

  /// In the order of the matrix.
  static List<String> names(Set<Permission> permissions) {
    return Stream.of(Permission.values())
        .filter(permissions::contains)
        .map(Permission::wire)
        .toList();
  }

  private static Stream<Permission> forKeys() {
    return Stream.of(Permission.values()).filter(Permission::forApiKeys);
  }
}
