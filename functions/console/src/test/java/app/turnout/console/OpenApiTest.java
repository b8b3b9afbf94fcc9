package app.turnout.console;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.platform.http.HttpFunction;
import app.turnout.testing.ApiClient;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenApiTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Pattern ROUTE = Pattern.compile("Method: ([A-Z]+), Path: '?([^' ]+)'? }");

  private static HttpFunction function;
  private static ApiClient api;

  @BeforeAll
  static void start() {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("console", DATABASE, TestDatabase.APP));
    properties.put("aws.region", "eu-west-1");
    function = new HttpFunction(properties) {};
    api = new ApiClient(function, OpenApiResponses.ofArea("console"));
  }

  @AfterAll
  static void stop() {
    function.close();
  }

  @Test
  void documentIsServedAsItWasBuilt() {
    ApiClient.Answer answer = api.get("/api/openapi.json").send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.json().path("openapi").asText()).isEqualTo("3.1.0");
  }

  /// New routes mostly have theirs by the names of their fields: `src/main/openapi/examples.json`.
  @Test
  void everyOperationHasExamplesThatAreAsItsSchemasSay() {
    OpenApiResponses contract = OpenApiResponses.of(api.get("/api/openapi.json").send().json());

    assertThat(contract.exampleFaults()).isEmpty();
  }

  @Test
  void documentHasTheRoutesOfTheTemplateAndNoOthers() throws IOException {
    JsonNode paths = api.get("/api/openapi.json").send().json().path("paths");

    TreeSet<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        described.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }

    assertThat(described)
        .isEqualTo(
            ROUTE
                .matcher(Files.readString(Path.of("../../template.yaml")))
                .results()
                .map(route -> route.group(1) + " " + route.group(2).replaceFirst("(?<=.)/$", ""))
                .collect(Collectors.toCollection(TreeSet::new)));
  }
}
