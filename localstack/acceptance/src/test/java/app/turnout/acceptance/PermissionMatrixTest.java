package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.acceptance.Endpoint.Access;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is written of permissions is what the code has.
class PermissionMatrixTest {
  private static final List<Role> MEMBERS =
      List.of(Role.ORG_OWNER, Role.ORG_ADMIN, Role.ORG_MANAGER, Role.ORG_OPERATOR, Role.ORG_VIEWER);

  @Test
  void readmeShowsTheMatrix() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("permission", "owner", "admin", "manager", "operator", "viewer", "API key"));
    for (Permission permission : Permission.values()) {
      rows.add(
          Stream.concat(
                  Stream.of("`" + permission.wire() + "`"),
                  Stream.concat(
                          MEMBERS.stream().map(permission::isGrantedTo),
                          Stream.of(permission.forApiKeys()))
                      .map(granted -> granted ? "x" : ""))
              .toList());
    }

    GeneratedTable.check(Checkout.ROOT.resolve("README.md"), "permissions", rows);
  }

  /// So that who may call a route changes in no silence.
  @Test
  void functionsReadmeShowsWhoMayCallWhat() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("route", "area", "who may call"));
    for (Endpoint endpoint : Endpoint.all()) {
      rows.add(
          List.of(
              "`" + endpoint.name() + "`", "`" + endpoint.area() + "`", who(endpoint.access())));
    }

    GeneratedTable.check(Checkout.ROOT.resolve("functions/README.md"), "routes", rows);
  }

  @Test
  void superAdminMayDoAll() {
    assertThat(Permission.values())
        .allMatch(permission -> permission.isGrantedTo(Role.SUPER_ADMIN));
  }

  private static String who(Access access) {
    return switch (access) {
      case Access.Open() -> "anybody";
      case Access.Secret(String scheme) -> "who has the `" + scheme + "`";
      case Access.SignedIn() -> "anybody with an account";
      case Access.SuperAdminOnly() -> "administrators of the platform";
      case Access.WithLink(boolean orDevice) ->
          "a participant's link" + (orDevice ? " or device" : "");
      case Access.WithDevice() -> "a participant's device";
      case Access.Permitted(Permission permission, boolean orLink, boolean orDevice) ->
          "`"
              + permission.wire()
              + "`"
              + (orLink ? ", or the participant's link" : "")
              + (orDevice ? " or device" : "");
    };
  }
}
