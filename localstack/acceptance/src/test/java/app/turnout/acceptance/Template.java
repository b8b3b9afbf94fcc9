package app.turnout.acceptance;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// What `template.yaml` says, read without the runner's help.
final class Template {
  /// A function.
  ///
  /// @param name what `TURNOUT_FUNCTION` is
  /// @param handler name of the class
  /// @param area the folder below `functions/` that its code is in
  record Function(String name, String handler, String area, Map<?, ?> events) {}

  private Template() {}

  /// All of it; a short function (`!Ref`…) is its text.
  static Map<?, ?> read() {
    return new Yaml(new AnyTag()).load(Checkout.read(Checkout.ROOT.resolve("template.yaml")));
  }

  static List<Function> functions() {
    return map(read(), "Resources").values().stream()
        .map(resource -> (Map<?, ?>) resource)
        .filter(resource -> "AWS::Serverless::Function".equals(resource.get("Type")))
        .map(resource -> function(map(resource, "Properties")))
        .toList();
  }

  /// Every HTTP route, as `GET /path`. With a slash at the end or without, it is one route to those
  /// who describe it.
  static Set<String> routes() {
    Set<String> routes = new TreeSet<>();
    for (Function function : functions()) {
      for (Object source : function.events().values()) {
        Map<?, ?> event = (Map<?, ?>) source;
        if ("HttpApi".equals(event.get("Type"))) {
          Map<?, ?> route = map(event, "Properties");
          routes.add(
              String.valueOf(route.get("Method")).toUpperCase(Locale.ROOT)
                  + " "
                  + String.valueOf(route.get("Path")).replaceFirst("(?<=.)/$", ""));
        }
      }
    }
    return routes;
  }

  static Map<?, ?> map(Map<?, ?> parent, String key) {
    return (Map<?, ?>) Objects.requireNonNull(parent.get(key), key);
  }

  private static Function function(Map<?, ?> properties) {
    Map<?, ?> environment = map(properties, "Environment");
    Map<?, ?> variables = map(environment, "Variables");
    Object events = properties.get("Events");
    return new Function(
        String.valueOf(variables.get("TURNOUT_FUNCTION")),
        String.valueOf(properties.get("Handler")),
        String.valueOf(properties.get("CodeUri")).split("/", -1)[1],
        events instanceof Map<?, ?> sources ? sources : Map.of());
  }

  /// CloudFormation's short functions (`!Ref`…) as they are written.
  private static final class AnyTag extends SafeConstructor {
    AnyTag() {
      super(new LoaderOptions());
      yamlMultiConstructors.put(
          "!",
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              return node.getTag().getValue()
                  + " "
                  + (node instanceof ScalarNode scalar ? scalar.getValue() : "…");
            }
          });
    }
  }
}
