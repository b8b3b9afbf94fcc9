package app.turnout.runner.template;

import app.turnout.runner.RunnerException;
import app.turnout.stores.LocalAws;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Works out CloudFormation's functions with the parameters' defaults and this machine's resources.
final class Resolution {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]+)}");

  private final Map<String, @Nullable Object> parameters;
  private final Map<String, @Nullable Object> conditions;
  private final Map<String, @Nullable Object> mappings;
  private final Map<String, TemplateResource> resources;
  private final ResourceValues values;

  Resolution(
      Map<String, @Nullable Object> parameters,
      Map<String, @Nullable Object> conditions,
      Map<String, @Nullable Object> mappings,
      Map<String, TemplateResource> resources,
      ResourceValues values) {
    this.parameters = parameters;
    this.conditions = conditions;
    this.mappings = mappings;
    this.resources = resources;
    this.values = values;
  }

  /// The value without functions, or null for `AWS::NoValue`. What has no value is left out of
  /// lists and maps.
  @Nullable Object resolve(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Intrinsic intrinsic -> evaluate(intrinsic);
      case Map<?, ?> map -> resolveMap(map);
      case List<?> list -> list.stream().map(this::resolve).filter(Objects::nonNull).toList();
      default -> value;
    };
  }

  String text(@Nullable Object value) {
    Object resolved = resolve(value);
    if (resolved == null || resolved instanceof Map || resolved instanceof List) {
      throw new RunnerException("template.yaml: text expected in place of " + value);
    }
    return resolved.toString();
  }

  private @Nullable Object resolveMap(Map<?, ?> map) {
    Intrinsic longForm = TemplateYaml.longForm(map);
    if (longForm != null) {
      return evaluate(longForm);
    }
    Map<String, Object> resolved = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          Object one = resolve(value);
          if (one != null) {
            resolved.put(String.valueOf(key), one);
          }
        });
    return resolved;
  }

  private @Nullable Object evaluate(Intrinsic intrinsic) {
    Object argument = intrinsic.argument();
    return switch (intrinsic.name()) {
      case "Ref" -> ref(String.valueOf(argument));
      case "Condition" -> condition(String.valueOf(argument));
      case "Fn::GetAtt" -> getAtt(list(argument));
      case "Fn::Sub" -> values.local(sub(argument));
      case "Fn::Join" -> values.local(join(list(argument)));
      case "Fn::Select" -> select(list(argument));
      case "Fn::Split" ->
          List.of(
              text(list(argument).get(1)).split(Pattern.quote(text(list(argument).get(0))), -1));
      case "Fn::If" -> resolve(list(argument).get(condition(text(list(argument).get(0))) ? 1 : 2));
      case "Fn::Equals" -> text(list(argument).get(0)).equals(text(list(argument).get(1)));
      case "Fn::Not" -> !truth(list(argument).get(0));
      case "Fn::And" -> list(argument).stream().allMatch(this::truth);
      case "Fn::Or" -> list(argument).stream().anyMatch(this::truth);
      case "Fn::FindInMap" -> findInMap(list(argument));
      case "Fn::GetAZs" ->
          Stream.of("a", "b", "c").map(zone -> values.place().region() + zone).toList();
      case "Fn::Base64" ->
          Base64.getEncoder().encodeToString(text(argument).getBytes(StandardCharsets.UTF_8));
      default ->
          throw new RunnerException(
              "template.yaml: " + intrinsic.name() + " is not known to the runner");
    };
  }

  private @Nullable Object ref(String name) {
    return switch (name) {
      case "AWS::NoValue" -> null;
      case "AWS::Region" -> values.place().region();
      case "AWS::AccountId" -> values.place().account();
      case "AWS::Partition" -> "aws";
      case "AWS::URLSuffix" -> "amazonaws.com";
      case "AWS::StackName" -> "turnout";
      case "AWS::StackId" -> values.place().arn("cloudformation", "stack/turnout/local");
      default -> parameters.containsKey(name) ? parameter(name) : resourceRef(name);
    };
  }

  private Object parameter(String name) {
    Map<String, @Nullable Object> declared = Template.section(parameters.get(name));
    Object found = declared.get("Default");
    if (found == null) {
      throw new RunnerException("template.yaml: parameter " + name + " has no default");
    }
    return String.valueOf(declared.get("Type")).contains("List")
        ? List.of(found.toString().split(",", -1))
        : found.toString();
  }

  private String resourceRef(String name) {
    if (name.endsWith(".Alias")) {
      return getAtt(List.of(name.split("\\.", 2)));
    }
    TemplateResource resource = resource(name);
    if (resource.type().equals("AWS::ApiGatewayV2::Stage")) {
      return text(resource.properties().get("StageName"));
    }
    String value = values.ref(resource);
    return value == null ? name : value;
  }

  private TemplateResource resource(String name) {
    TemplateResource resource = resources.get(name);
    if (resource == null) {
      throw new RunnerException("template.yaml: nothing is called " + name);
    }
    return resource;
  }

  private String getAtt(List<?> argument) {
    String id = text(argument.get(0));
    String attribute = text(argument.get(1));
    // SAM makes roles of its own beside functions.
    if (!resources.containsKey(id) && id.endsWith("Role")) {
      return id + "." + attribute;
    }
    TemplateResource resource = resource(id);
    if (resource.type().equals("AWS::Serverless::Function")) {
      return functionAttribute(resource, attribute);
    }
    String value = values.attribute(named(resource), attribute);
    return value == null ? id + "." + attribute : value;
  }

  /// With the name of a database's owner worked out, which depends on what the database is made
  /// from.
  private TemplateResource named(TemplateResource resource) {
    Object owner = resource.properties().get("MasterUsername");
    if (owner == null) {
      return resource;
    }
    Map<String, Object> properties = new LinkedHashMap<>(resource.properties());
    properties.put("MasterUsername", text(owner));
    return new TemplateResource(resource.id(), resource.type(), properties);
  }

  private String functionAttribute(TemplateResource function, String attribute) {
    String arn =
        "arn:aws:lambda:%s:%s:function:%s"
            .formatted(LocalAws.REGION, LocalAws.ACCOUNT, function.id());
    return switch (attribute) {
      case "Arn" -> arn;
      case "Alias" -> arn + ":" + text(function.properties().get("AutoPublishAlias"));
      default -> function.id() + "." + attribute;
    };
  }

  private String sub(@Nullable Object argument) {
    if (argument instanceof List<?> list) {
      return list.get(1) instanceof Map<?, ?> variables
          ? substitute(text(list.get(0)), variables)
          : substitute(text(list.get(0)), Map.of());
    }
    return substitute(String.valueOf(argument), Map.of());
  }

  private String substitute(String pattern, Map<?, ?> variables) {
    return VARIABLE
        .matcher(pattern)
        .replaceAll(match -> Matcher.quoteReplacement(variable(match, variables)));
  }

  private String variable(java.util.regex.MatchResult match, Map<?, ?> variables) {
    String name = match.group(2).strip();
    if (!match.group(1).isEmpty()) {
      return "${" + name + "}";
    }
    if (variables.containsKey(name)) {
      return text(variables.get(name));
    }
    return name.contains(".") && !name.startsWith("AWS::")
        ? getAtt(List.of(name.split("\\.", 2)))
        : text(new Intrinsic("Ref", name));
  }

  private String join(List<?> argument) {
    List<String> parts = new ArrayList<>();
    for (Object part : list(resolve(argument.get(1)))) {
      parts.add(text(part));
    }
    return String.join(text(argument.get(0)), parts);
  }

  private @Nullable Object select(List<?> argument) {
    return list(resolve(argument.get(1))).get(Integer.parseInt(text(argument.get(0))));
  }

  private @Nullable Object findInMap(List<?> argument) {
    Object found = mappings.get(text(argument.get(0)));
    for (Object key : argument.subList(1, 3)) {
      found = found instanceof Map<?, ?> map ? map.get(text(key)) : null;
    }
    return resolve(found);
  }

  private boolean condition(String name) {
    if (!conditions.containsKey(name)) {
      throw new RunnerException("template.yaml: no condition is called " + name);
    }
    return truth(conditions.get(name));
  }

  private boolean truth(@Nullable Object value) {
    return text(value).equals("true");
  }

  private static List<?> list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new RunnerException("template.yaml: a list expected in place of " + value);
  }
}
