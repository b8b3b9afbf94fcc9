package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// One artifact may hold several functions, each of which loads only its own beans: those below a
/// package that asks for its name, alone or among others, and those that all the area's functions
/// share in its root package.
class FunctionBeansTest {
  private static final Pattern CONFIGURATION =
      Pattern.compile(
          "@Configuration\\s+@Requires\\(property = \"turnout.function\", (?:value|pattern) ="
              + " \"([a-z|-]+)\"\\)");
  private static final Pattern BEAN =
      Pattern.compile(
          "^@(Singleton|Controller|Factory|ServerFilter|Context)\\b", Pattern.MULTILINE);

  @Test
  void everyFunctionHasAPackageOfItsOwn() {
    Set<String> seen = new HashSet<>();
    for (Template.Function function : Template.functions()) {
      String type = function.handler().replaceAll("::.*", "");
      Path source =
          Checkout.ROOT
              .resolve("functions")
              .resolve(function.area())
              .resolve("src/main/java")
              .resolve(type.replace('.', '/') + ".java");

      assertThat(source).isRegularFile();
      assertThat(owner(source)).as(type).isEqualTo(function.name());
      assertThat(seen.add(function.name())).as(function.name()).isTrue();
    }
  }

  @Test
  void beansBelongToFunctionsThatThereAre() {
    Map<String, Set<String>> functionsOfArea = new HashMap<>();
    for (Template.Function function : Template.functions()) {
      functionsOfArea
          .computeIfAbsent(function.area(), area -> new HashSet<>())
          .add(function.name());
    }
    List<String> strays = new ArrayList<>();
    int beans = 0;
    for (Path area : Checkout.areas()) {
      Set<String> functions = functionsOfArea.getOrDefault(area.getFileName().toString(), Set.of());
      for (Path source : Checkout.mainSources(area)) {
        if (!BEAN.matcher(Checkout.read(source)).find()) {
          continue;
        }
        beans++;
        boolean inRoot =
            source.toString().matches(".*/app/turnout/" + area.getFileName() + "/[^/]+");
        String owner = owner(source);
        boolean isAtHome =
            owner.isEmpty()
                ? inRoot && functions.size() > 1
                : functions.containsAll(List.of(owner.split("\\|", -1)));
        if (!isAtHome) {
          strays.add(source.toString());
        }
      }
    }

    assertThat(strays).isEmpty();
    assertThat(beans).isGreaterThan(30);
  }

  /// The function that the nearest package above a source asks for, or those that it is shared by,
  /// as in `events|recurrence`; empty when none does.
  private static String owner(Path source) {
    Path end = Path.of("app/turnout");
    for (Path folder = source.getParent();
        folder != null && !folder.endsWith(end);
        folder = folder.getParent()) {
      Path description = folder.resolve("package-info.java");
      if (Files.isRegularFile(description)) {
        Matcher configuration = CONFIGURATION.matcher(Checkout.read(description));
        if (configuration.find()) {
          return configuration.group(1);
        }
      }
    }
    return "";
  }
}
