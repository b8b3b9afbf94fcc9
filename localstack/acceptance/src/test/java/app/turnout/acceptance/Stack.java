package app.turnout.acceptance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// What `template.yaml` makes on AWS, with CloudFormation's functions in their long form (`{"Ref":
/// …}`).
final class Stack {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}!]+)}");

  private static final Map<?, ?> TEMPLATE =
      new Yaml(new LongForms()).load(Checkout.read(Checkout.ROOT.resolve("template.yaml")));

  /// A resource.
  ///
  /// @param properties as they are written, a function's without the globals
  record Resource(String id, String type, Map<?, ?> written, Map<?, ?> properties) {
    /// Its variables, a function's own alone.
    Map<?, ?> variables() {
      return map(map(properties.get("Environment")).get("Variables"));
    }

    /// What calls it, by type.
    List<Map<?, ?>> events(String type) {
      List<Map<?, ?>> events = new ArrayList<>();
      for (Object event : map(properties.get("Events")).values()) {
        if (type.equals(map(event).get("Type"))) {
          events.add(map(map(event).get("Properties")));
        }
      }
      return events;
    }
  }

  /// What a role allows.
  ///
  /// @param resources as they are written
  record Statement(String role, String effect, Set<String> actions, List<Object> resources) {}

  private Stack() {}

  static List<Resource> resources(String type) {
    List<Resource> resources = new ArrayList<>();
    map(TEMPLATE.get("Resources"))
        .forEach(
            (id, value) -> {
              Map<?, ?> written = map(value);
              if (type.equals(written.get("Type"))) {
                resources.add(
                    new Resource(id.toString(), type, written, map(written.get("Properties"))));
              }
            });
    return resources;
  }

  static Resource resource(String id) {
    Map<?, ?> written = map(map(TEMPLATE.get("Resources")).get(id));
    return new Resource(
        id, String.valueOf(written.get("Type")), written, map(written.get("Properties")));
  }

  static List<Resource> functions() {
    return resources("AWS::Serverless::Function");
  }

  static Map<?, ?> globals() {
    return map(map(TEMPLATE.get("Globals")).get("Function"));
  }

  /// Everything that has a name: resources and parameters.
  static Set<String> names() {
    Set<String> names = new TreeSet<>();
    map(TEMPLATE.get("Resources")).keySet().forEach(id -> names.add(id.toString()));
    names.addAll(parameters().keySet());
    return names;
  }

  static Map<String, Map<?, ?>> parameters() {
    Map<String, Map<?, ?>> parameters = new TreeMap<>();
    map(TEMPLATE.get("Parameters"))
        .forEach((name, declared) -> parameters.put(name.toString(), map(declared)));
    return parameters;
  }

  static Map<String, String> defaults() {
    Map<String, String> values = new TreeMap<>();
    parameters()
        .forEach((name, declared) -> values.put(name, String.valueOf(declared.get("Default"))));
    return values;
  }

  /// The parameters of a stage: those of its file, else the defaults.
  static Map<String, String> stage(String stage) {
    Map<String, String> values = defaults();
    stageFile(stage).forEach((name, value) -> values.put(name.toString(), value.toString()));
    return values;
  }

  static Map<?, ?> stageFile(String stage) {
    return new Yaml(new SafeConstructor(new LoaderOptions()))
        .load(Checkout.read(Checkout.ROOT.resolve("shared/deployment/" + stage + ".yaml")));
  }

  /// What a function may do, by a role of its own or by what SAM makes one from.
  static List<Statement> statements(Resource function) {
    Object role = function.properties().get("Role");
    if (role != null) {
      return roleStatements(resource(String.valueOf(list(map(role).get("Fn::GetAtt")).getFirst())));
    }
    List<Statement> statements = new ArrayList<>();
    for (Object policy : list(function.properties().get("Policies"))) {
      add(statements, function.id(), map(policy));
    }
    return statements;
  }

  /// What a role of the template, or a policy of its own, allows.
  static List<Statement> roleStatements(Resource role) {
    List<Statement> statements = new ArrayList<>();
    if (role.type().equals("AWS::IAM::ManagedPolicy")) {
      add(statements, role.id(), map(role.properties().get("PolicyDocument")));
    } else {
      for (Object policy : list(role.properties().get("Policies"))) {
        add(statements, role.id(), map(map(policy).get("PolicyDocument")));
      }
    }
    return statements;
  }

  /// The names that a value refers to, but for CloudFormation's own.
  static Set<String> references(@Nullable Object value) {
    Set<String> references = new TreeSet<>();
    collect(value, references);
    references.removeIf(name -> name.startsWith("AWS::"));
    return references;
  }

  /// What a parameter is declared to be.
  static Map<?, ?> parameter(String name) {
    return Objects.requireNonNull(parameters().get(name), name);
  }

  /// How many calls a function serves at once.
  ///
  /// @param parameters values by name
  static int reserved(Resource function, Map<String, String> parameters) {
    Object reserved = function.properties().get("ReservedConcurrentExecutions");
    return Integer.parseInt(
        reserved instanceof Map<?, ?> parameter
            ? Objects.requireNonNull(parameters.get(text(parameter, "Ref")))
            : String.valueOf(reserved));
  }

  /// The value of a key that must be there.
  static String text(Map<?, ?> map, String key) {
    return Objects.requireNonNull(map.get(key), key).toString();
  }

  static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
  }

  private static void add(List<Statement> statements, String role, Map<?, ?> policy) {
    for (Object written : list(policy.get("Statement"))) {
      Map<?, ?> statement = map(written);
      Set<String> actions = new TreeSet<>();
      list(statement.get("Action")).forEach(action -> actions.add(action.toString()));
      List<Object> resources = new ArrayList<>();
      list(statement.get("Resource")).forEach(resources::add);
      statements.add(
          new Statement(
              role + "." + Objects.requireNonNullElse(statement.get("Sid"), ""),
              String.valueOf(statement.get("Effect")),
              actions,
              resources));
    }
  }

  private static void collect(@Nullable Object value, Set<String> references) {
    switch (value) {
      case null -> {}
      case Map<?, ?> map -> {
        if (map.containsKey("Ref")) {
          references.add(String.valueOf(map.get("Ref")));
        } else if (map.containsKey("Fn::GetAtt")) {
          references.add(String.valueOf(list(map.get("Fn::GetAtt")).getFirst()));
        } else if (map.containsKey("Fn::If")) {
          list(map.get("Fn::If")).stream().skip(1).forEach(each -> collect(each, references));
        } else {
          if (map.get("Fn::Sub") instanceof String text) {
            VARIABLE.matcher(text).results().map(Stack::name).forEach(references::add);
          }
          map.values().forEach(each -> collect(each, references));
        }
      }
      case List<?> list -> list.forEach(each -> collect(each, references));
      default -> {}
    }
  }

  private static String name(MatchResult variable) {
    String name = variable.group(1);
    return name.startsWith("AWS::") ? name : name.split("\\.", -1)[0];
  }

  /// CloudFormation's short functions as it would write them itself.
  private static final class LongForms extends SafeConstructor {
    LongForms() {
      super(new LoaderOptions());
      yamlMultiConstructors.put(
          "!",
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              String name = node.getTag().getValue().substring(1);
              Object argument = argument(node);
              if (name.equals("GetAtt") && argument instanceof String text) {
                argument = List.of(text.split("\\.", 2));
              }
              Map<String, Object> function = new LinkedHashMap<>();
              function.put(
                  name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name, argument);
              return function;
            }
          });
    }

    private Object argument(Node node) {
      return switch (node) {
        case ScalarNode scalar -> scalar.getValue();
        case SequenceNode sequence -> constructSequence(sequence);
        case MappingNode mapping -> constructMapping(mapping);
        default -> throw new IllegalStateException(node.toString());
      };
    }
  }
}
