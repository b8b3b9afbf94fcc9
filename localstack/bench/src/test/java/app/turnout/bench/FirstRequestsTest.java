package app.turnout.bench;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.bench.cold.ColdCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FirstRequestsTest {
  @Test
  void everyFunctionBehindTheHttpApiHasOne() throws IOException {
    UUID id = new UUID(0, 0);
    Stage stage =
        new Stage("token", id, id, id, id, List.of(), new Stage.Account("a@example.com", "none"));

    List<String> functions = FirstRequests.of(stage).stream().map(ColdCall::function).toList();

    assertThat(functions).containsExactlyInAnyOrderElementsOf(behindTheHttpApi());
  }

  private static List<String> behindTheHttpApi() throws IOException {
    List<String> functions = new ArrayList<>();
    String function = "";
    for (String line : Files.readAllLines(Path.of("../../template.yaml"))) {
      Matcher resource = Pattern.compile("  (\\w+):").matcher(line);
      if (resource.matches()) {
        function = resource.group(1);
      }
      if (line.contains("Type: HttpApi,") && !functions.contains(function)) {
        functions.add(function);
      }
    }
    return functions;
  }
}
