package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the template routes, the functions answer and the document describes are the same.
class RoutesTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();

  /// A page's address, as it is put together where mails and answers lead to one.
  private static final Pattern LINKED =
      Pattern.compile("publicUrl\\s*\\+\\s*\"(/(?!api/)[a-z/-]+)");

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
  void everyPageThatMailsAndAnswersLeadToIsThere() {
    Set<String> linked =
        Checkout.areas().stream()
            .flatMap(area -> Checkout.mainSources(area).stream())
            .flatMap(file -> LINKED.matcher(Checkout.read(file)).results())
            .map(link -> link.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(linked).contains("/me", "/ownership-offer", "/signed-in", "/reset-password");
    for (String page : linked) {
      assertThat(TURNOUT.client().get(page, "").status()).as(page).isEqualTo(200);
    }
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
