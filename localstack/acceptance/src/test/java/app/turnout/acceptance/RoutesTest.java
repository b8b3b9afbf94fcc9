package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the template routes, the functions answer and the document describes are the same.
class RoutesTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();

  @Test
  void templateRoutesWhatTheDocumentDescribes() {
    Set<String> described = new TreeSet<>();
    TURNOUT
        .client()
        .document()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

    assertThat(Template.routes()).isEqualTo(described);
  }

  @Test
  void everyQueueIsWatched() {
    Map<?, ?> resources = Template.map(Template.read(), "Resources");
    Map<?, ?> operations =
        Template.map(
            Template.map(
                Template.map(Template.map(resources, "OperationsFunction"), "Properties"),
                "Environment"),
            "Variables");
    String watched =
        operations.get("TURNOUT_METRICS_QUEUES")
            + " "
            + operations.get("TURNOUT_METRICS_DEAD_LETTERS");

    resources.forEach(
        (name, resource) -> {
          if ("AWS::SQS::Queue".equals(((Map<?, ?>) resource).get("Type"))) {
            assertThat(watched).contains("${" + name + "}");
          }
        });
  }
}
