package app.turnout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What dashboards and alerts ask Prometheus for is what `/metrics` gives.
class DashboardsTest {
  private static final Path LOCALSTACK = Path.of("../../localstack");
  private static final ObjectMapper JSON = new ObjectMapper();

  /// A metric with what stands in braces after it.
  private static final Pattern ASKED = Pattern.compile("turnout_(\\w+)(?:\\{([^}]*)})?");

  private static final Pattern LABEL = Pattern.compile("(\\w+) *(?:=~|!~|!=|=)");
  private static final Pattern SHOWN = Pattern.compile("\\{\\{ *(?:\\$labels\\.)?(\\w+) *}}");

  @Test
  void dashboardsAskOnlyForWhatThereIs() throws IOException {
    List<String> queries = new ArrayList<>();
    for (JsonNode dashboard : dashboards()) {
      for (JsonNode panel : dashboard.path("panels")) {
        for (JsonNode target : panel.path("targets")) {
          String query = target.path("expr").asText();
          mustBeThere(query);
          mustShow(target.path("legendFormat").asText(), query);
          queries.add(query);
        }
      }
    }

    assertThat(queries).hasSizeGreaterThan(20);
  }

  @Test
  void everyMetricIsOnADashboardOrInAnAlert() throws IOException {
    StringBuilder all = new StringBuilder(alerts());
    for (JsonNode dashboard : dashboards()) {
      all.append(dashboard);
    }

    assertThat(Series.ALL)
        .extracting(series -> "turnout_" + series.name())
        .allSatisfy(name -> assertThat(all.toString()).containsPattern(name + "\\b"));
  }

  @Test
  void alertsAskOnlyForWhatThereIs() throws IOException {
    List<String> rules = alerts().lines().filter(line -> line.strip().startsWith("expr:")).toList();

    assertThat(rules).hasSizeGreaterThan(5).allSatisfy(DashboardsTest::mustBeThere);
  }

  @Test
  void panelsHaveIdsAndPlacesOfTheirOwn() throws IOException {
    for (JsonNode dashboard : dashboards()) {
      Set<Integer> ids = new HashSet<>();
      Set<String> cells = new HashSet<>();
      for (JsonNode panel : dashboard.path("panels")) {
        assertThat(ids.add(panel.path("id").asInt())).isTrue();
        JsonNode place = panel.path("gridPos");
        for (int x = 0; x < place.path("w").asInt(); x++) {
          for (int y = 0; y < place.path("h").asInt(); y++) {
            int column = place.path("x").asInt() + x;
            assertThat(column).isLessThan(24);
            assertThat(cells.add(column + "," + (place.path("y").asInt() + y))).isTrue();
          }
        }
      }
    }
  }

  private static void mustBeThere(String query) {
    for (MatchResult asked : ASKED.matcher(query).results().toList()) {
      assertThat(known()).as(query).containsKey(asked.group(1));
      if (asked.group(2) != null) {
        assertThat(LABEL.matcher(asked.group(2)).results().map(label -> label.group(1)))
            .as(query)
            .containsOnly(known().get(asked.group(1)));
      }
    }
  }

  /// A legend names labels that its metrics have.
  private static void mustShow(String legend, String query) {
    Set<@Nullable String> labels =
        ASKED
            .matcher(query)
            .results()
            .map(asked -> known().get(asked.group(1)))
            .collect(Collectors.toCollection(HashSet::new));
    assertThat(SHOWN.matcher(legend).results().map(label -> label.group(1)))
        .as(query)
        .allMatch(labels::contains);
  }

  /// The label of each metric, by its name.
  private static Map<String, @Nullable String> known() {
    Map<String, @Nullable String> known = new HashMap<>();
    Series.ALL.forEach(series -> known.put(series.name(), series.label()));
    return known;
  }

  private static List<JsonNode> dashboards() throws IOException {
    List<JsonNode> dashboards = new ArrayList<>();
    try (Stream<Path> files = Files.list(LOCALSTACK.resolve("grafana/dashboards"))) {
      for (Path file : files.sorted().toList()) {
        dashboards.add(JSON.readTree(file.toFile()));
      }
    }
    assertThat(dashboards).isNotEmpty();
    return dashboards;
  }

  private static String alerts() throws IOException {
    return Files.readString(LOCALSTACK.resolve("prometheus/alerts.yml"));
  }
}
