package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.platform.security.Permission;
import app.turnout.platform.security.Role;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PermissionMatrixTest {
  @Test
  void readmeShowsTheMatrix() {
    List<String> shown =
        Checkout.read(Checkout.ROOT.resolve("README.md"))
            .lines()
            .dropWhile(line -> !line.startsWith("| permission | owner"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();

    assertThat(shown)
        .containsExactlyElementsOf(
            Arrays.stream(Permission.values()).map(PermissionMatrixTest::row).toList());
  }

  @Test
  void superAdminMayDoAll() {
    assertThat(Permission.values())
        .allMatch(permission -> permission.isGrantedTo(Role.SUPER_ADMIN));
  }

  private static String row(Permission permission) {
    String cells =
        List.of(
                permission.isGrantedTo(Role.ORG_OWNER),
                permission.isGrantedTo(Role.ORG_ADMIN),
                permission.isGrantedTo(Role.ORG_MANAGER),
                permission.isGrantedTo(Role.ORG_OPERATOR),
                permission.isGrantedTo(Role.ORG_VIEWER),
                permission.forApiKeys())
            .stream()
            .map(granted -> granted ? " x |" : " |")
            .collect(Collectors.joining());
    return "| `" + permission.wire() + "` |" + cells;
  }
}
