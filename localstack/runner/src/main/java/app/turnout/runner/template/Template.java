package app.turnout.runner.template;

import app.turnout.runner.RunnerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;

/// What the runner plays of `template.yaml`.
///
/// @param queues in an order in which dead-letter queues come before those that name them
/// @param httpApi what is said of the HTTP API beside its routes
/// @param webSocket the WebSocket API, when there is one
public record Template(
    List<FunctionSpec> functions,
    List<QueueSpec> queues,
    List<TableSpec> tables,
    HttpApiSpec httpApi,
    Optional<WebSocketSpec> webSocket,
    Optional<DatabaseSpec> database) {

  /// Reads the file.
  ///
  /// @param parameters values in place of the parameters' defaults
  /// @throws RunnerException when it cannot be read, or asks for something that the runner does not
  ///   play
  public static Template read(Path file, Map<String, String> parameters, ResourceValues values) {
    Object root;
    try {
      root = TemplateYaml.parse(Files.readString(file));
    } catch (IOException e) {
      throw new RunnerException("cannot read " + file + ": " + e.getMessage(), e);
    } catch (YAMLException e) {
      throw new RunnerException(file + " is not YAML: " + e.toString().replaceAll("\\s+", " "), e);
    }
    Map<String, @Nullable Object> sections = section(root);
    Map<String, TemplateResource> resources = resources(sections);
    Resolution resolution =
        new Resolution(
            withDefaults(section(sections.get("Parameters")), parameters),
            section(sections.get("Conditions")),
            section(sections.get("Mappings")),
            resources,
            values);
    Map<String, @Nullable Object> globals = section(sections.get("Globals"));
    return of(resources, globals, resolution, values);
  }

  private static Map<String, @Nullable Object> withDefaults(
      Map<String, @Nullable Object> declared, Map<String, String> parameters) {
    parameters.forEach(
        (name, value) -> declared.computeIfPresent(name, (_, _) -> Map.of("Default", value)));
    return declared;
  }

  private static Template of(
      Map<String, TemplateResource> resources,
      Map<String, @Nullable Object> globals,
      Resolution resolution,
      ResourceValues values) {
    List<FunctionSpec> functions = new ArrayList<>();
    List<QueueSpec> queues = new ArrayList<>();
    List<TableSpec> tables = new ArrayList<>();
    HttpApiSpec httpApi = HttpApiSpec.PLAIN;
    DatabaseSpec database = null;
    FunctionReader reader = new FunctionReader(section(globals.get("Function")), resolution);
    for (TemplateResource resource : resources.values()) {
      PropertyReader properties = new PropertyReader(resource, resolution);
      switch (resource.type()) {
        case "AWS::Serverless::Function" -> functions.add(reader.read(resource));
        case "AWS::Serverless::HttpApi" -> httpApi = HttpApiSpec.read(properties);
        case "AWS::SQS::Queue" -> queues.add(QueueSpec.read(properties, values));
        case "AWS::DynamoDB::Table" -> tables.add(TableSpec.read(properties, values));
        case "AWS::RDS::DBInstance" -> database = DatabaseSpec.read(properties);
        default -> {}
      }
    }
    queues.sort(java.util.Comparator.comparing(queue -> queue.redrive().isPresent()));
    return new Template(
        List.copyOf(functions),
        List.copyOf(queues),
        List.copyOf(tables),
        httpApi,
        new WebSocketReader(resources.values(), resolution).read(),
        Optional.ofNullable(database));
  }

  /// The function of a logical id.
  public FunctionSpec function(String id) {
    return functions.stream()
        .filter(function -> function.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new RunnerException("template.yaml has no function " + id));
  }

  /// The URLs' routes of all functions.
  public List<RouteSpec> routes() {
    return functions.stream().flatMap(function -> function.routes().stream()).toList();
  }

  private static Map<String, TemplateResource> resources(Map<String, @Nullable Object> sections) {
    Map<String, TemplateResource> resources = new LinkedHashMap<>();
    section(sections.get("Resources"))
        .forEach(
            (id, value) -> {
              Map<String, @Nullable Object> written = section(value);
              Map<String, Object> properties = new LinkedHashMap<>();
              section(written.get("Properties"))
                  .forEach((name, property) -> putUnlessNull(properties, name, property));
              resources.put(
                  id, new TemplateResource(id, String.valueOf(written.get("Type")), properties));
            });
    return resources;
  }

  private static void putUnlessNull(
      Map<String, Object> properties, String name, @Nullable Object property) {
    if (property != null) {
      properties.put(name, property);
    }
  }

  static Map<String, @Nullable Object> section(@Nullable Object value) {
    Map<String, @Nullable Object> section = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, entry) -> section.put(String.valueOf(key), entry));
    }
    return section;
  }
}
