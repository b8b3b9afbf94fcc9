package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;

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
                            described.add(
                                method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

    assertThat(routed()).isEqualTo(described);
  }

  private static Set<String> routed() {
    Set<String> routes = new TreeSet<>();
    Map<?, ?> template = template();
    for (Object resource : ((Map<?, ?>) template.get("Resources")).values()) {
      Map<?, ?> function = (Map<?, ?>) resource;
      if (!"AWS::Serverless::Function".equals(function.get("Type"))) {
        continue;
      }
      Object events = ((Map<?, ?>) function.get("Properties")).get("Events");
      if (events instanceof Map<?, ?> sources) {
        for (Object source : sources.values()) {
          Map<?, ?> event = (Map<?, ?>) source;
          if ("HttpApi".equals(event.get("Type"))) {
            Map<?, ?> properties = (Map<?, ?>) event.get("Properties");
            routes.add(
                String.valueOf(properties.get("Method")).toUpperCase(Locale.ROOT)
                    + " "
                    + properties.get("Path"));
          }
        }
      }
    }
    return routes;
  }

  private static Map<?, ?> template() {
    return new Yaml(new AnyTag())
        .load(Checkout.read(Checkout.ROOT.resolve("template.yaml")));
  }

  /// CloudFormation's short functions (`!Ref`…) are of no interest here.
  private static final class AnyTag extends SafeConstructor {
    AnyTag() {
      super(new LoaderOptions());
      yamlMultiConstructors.put(
          "!",
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              return node.getTag().getValue();
            }
          });
    }
  }
}
