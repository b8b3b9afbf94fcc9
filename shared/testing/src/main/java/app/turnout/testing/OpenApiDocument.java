package app.turnout.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One OpenAPI 3.1 document out of what the compiler wrote for each area (OpenAPI 3.0), with what
/// holds for all of them and the compiler cannot know: enum values as they are on the wire, pages,
/// problems, how callers identify themselves, that answers have all their fields and requests no
/// others.
public final class OpenApiDocument {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final Set<String> METHODS =
      Set.of("get", "post", "put", "patch", "delete", "head");
  private static final String SCHEMAS = "#/components/schemas/";
  private static final String PREFIX = "turnout-";
  private static final Pattern PATCH = Pattern.compile(SCHEMAS + "MergePatch_(\\w+)_");

  private final ObjectNode document = JSON.createObjectNode();
  private final ObjectNode paths = JSON.createObjectNode();
  private final ObjectNode schemas = JSON.createObjectNode();

  private OpenApiDocument() {}

  /// Writes the document of all areas.
  ///
  /// @param arguments the file to write, the API's version, the folder that holds the areas, and
  ///   the file of values for examples
  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[0]);
    ObjectNode document = of(compiled(Path.of(arguments[2])), arguments[1]);
    OpenApiExamples.read(Path.of(arguments[3]))
        .addTo(document)
        .forEach(field -> System.err.println("No value for an example of " + field));
    Files.createDirectories(target.toAbsolutePath().getParent());
    Files.writeString(target, JSON.writeValueAsString(document));
  }

  /// The document of one area, from its classes.
  public static JsonNode ofArea(String area) {
    String resource = "META-INF/swagger/" + PREFIX + area + ".json";
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream in = loader.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The area has no " + resource);
      }
      return of(Map.of(area, JSON.readTree(in)), "test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The document of these areas.
  static ObjectNode of(Map<String, JsonNode> compiledByArea, String version) {
    OpenApiDocument merged = new OpenApiDocument();
    new TreeMap<>(compiledByArea).forEach(merged::add);
    return merged.finish(version);
  }

  private static Map<String, JsonNode> compiled(Path areas) throws IOException {
    Map<String, JsonNode> documents = new TreeMap<>();
    try (Stream<Path> folders = Files.list(areas)) {
      for (Path folder : folders.toList()) {
        String area = folder.getFileName().toString();
        Path file =
            folder.resolve("target/classes/META-INF/swagger").resolve(PREFIX + area + ".json");
        if (Files.exists(file)) {
          documents.put(area, JSON.readTree(file.toFile()));
        }
      }
    }
    return documents;
  }

  private void add(String area, JsonNode compiled) {
    JsonNode mended = mend(compiled.deepCopy());
    // A renamed schema changes those that contain it.
    for (Optional<String> clash = clash(mended); clash.isPresent(); clash = clash(mended)) {
      rename(mended, clash.get(), capitalized(area) + clash.get());
    }
    for (Map.Entry<String, JsonNode> schema : mended.at("/components/schemas").properties()) {
      schemas.set(schema.getKey(), schema.getValue());
    }
    for (Map.Entry<String, JsonNode> path : mended.path("paths").properties()) {
      ObjectNode operations =
          paths.path(path.getKey()).isObject()
              ? (ObjectNode) paths.get(path.getKey())
              : paths.putObject(path.getKey());
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (!METHODS.contains(operation.getKey())) {
          continue;
        }
        if (operations.has(operation.getKey())) {
          throw new IllegalStateException("Two areas have " + operation.getKey() + " " + path);
        }
        operations.set(
            operation.getKey(),
            operation(area, operation.getKey(), (ObjectNode) operation.getValue()));
      }
    }
  }

  private Optional<String> clash(JsonNode mended) {
    return mended.at("/components/schemas").properties().stream()
        .filter(schema -> schemas.has(schema.getKey()))
        .filter(schema -> !schemas.get(schema.getKey()).equals(schema.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private ObjectNode operation(String area, String method, ObjectNode operation) {
    operation.putArray("tags").add(area);
    operation.put("operationId", area + "_" + operation.path("operationId").asText());
    if (operation.path("description").equals(operation.path("summary"))) {
      operation.remove("description");
    }
    if (!operation.has("security")) {
      operation.putArray("security");
    }
    ArrayNode parameters = JSON.createArrayNode();
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.at("/schema/$ref").asText().equals(SCHEMAS + "PageRequest")) {
        parameters.add(limit()).add(cursor());
      } else if (parameter.at("/schema/$ref").asText().equals(SCHEMAS + "ExpectedVersion")) {
        parameters.add(ifMatch());
      } else {
        parameters.add(parameter);
      }
    }
    for (JsonNode content : operation.at("/requestBody/content")) {
      if (mendBody((ObjectNode) content) && !parameters.toString().contains("If-Match")) {
        parameters.add(ifMatch());
      }
      if (content.path("schema").isNull() || content.path("schema").isMissingNode()) {
        // It took the expected version for the whole body.
        operation.remove("requestBody");
      }
    }
    if (method.equals("post")
        && !operation.path("security").isEmpty()
        && !area.equals("identity")) {
      parameters.add(idempotencyKey());
    }
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
    for (JsonNode response : operation.path("responses")) {
      if (response.path("description").asText().matches("\\w+ \\d+ response")) {
        ((ObjectNode) response).put("description", "Done.");
      }
    }
    ((ObjectNode) operation.path("responses"))
        .putObject("default")
        .put("$ref", "#/components/responses/Problem");
    return operation;
  }

  /// The compiler takes an argument that is bound otherwise for a part of the body, and a patch for
  /// an object of its own. Whether there was an expected version among them.
  private boolean mendBody(ObjectNode content) {
    JsonNode schema = content.path("schema");
    boolean isConditional = schema.toString().contains(SCHEMAS + "ExpectedVersion");
    if (isConditional) {
      schema = schema.at("/allOf/0");
      content.set("schema", schema);
    }
    Matcher patch = PATCH.matcher(schema.path("$ref").asText());
    if (patch.matches()) {
      content.putObject("schema").put("$ref", SCHEMAS + patch(patch.group(1)));
    }
    return isConditional;
  }

  /// The schema of a patch (RFC 7396) of what this schema describes: every field may be left out.
  private String patch(String name) {
    String patch = name + "Patch";
    ObjectNode schema = schemas.required(name).deepCopy();
    schema.remove("required");
    schemas.set(patch, schema);
    for (JsonNode property : schema.path("properties")) {
      String inner = property.path("$ref").asText();
      if (inner.startsWith(SCHEMAS)
          && schemas.path(inner.substring(SCHEMAS.length())).has("properties")) {
        ((ObjectNode) property).put("$ref", SCHEMAS + patch(inner.substring(SCHEMAS.length())));
      }
    }
    return patch;
  }

  private static ObjectNode limit() {
    ObjectNode parameter = JSON.createObjectNode();
    parameter.put("name", "limit").put("in", "query").put("description", "How many at most");
    parameter
        .putObject("schema")
        .put("type", "integer")
        .put("minimum", 1)
        .put("maximum", 100)
        .put("default", 20);
    return parameter;
  }

  private static ObjectNode cursor() {
    ObjectNode parameter = JSON.createObjectNode();
    parameter
        .put("name", "cursor")
        .put("in", "query")
        .put("description", "`next_cursor` of the page before");
    parameter.putObject("schema").put("type", "string");
    return parameter;
  }

  private static ObjectNode ifMatch() {
    ObjectNode parameter = JSON.createObjectNode();
    parameter
        .put("name", "If-Match")
        .put("in", "header")
        .put("required", true)
        .put("description", "`ETag` of what was read before; `*` for whatever there is");
    parameter.putObject("schema").put("type", "string").put("minLength", 1);
    return parameter;
  }

  private static ObjectNode idempotencyKey() {
    ObjectNode parameter = JSON.createObjectNode();
    parameter
        .put("name", "Idempotency-Key")
        .put("in", "header")
        .put("description", "The same key with the same request gets the same answer, once made");
    parameter
        .putObject("schema")
        .put("type", "string")
        .put("pattern", "^[!-~]+$")
        .put("minLength", 1)
        .put("maxLength", 255);
    return parameter;
  }

  private ObjectNode finish(String version) {
    document.put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Turnout")
        .put("version", version)
        .put("description", "Who is coming, and when will they be here.")
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("identifier", "Apache-2.0");
    ObjectNode sorted = document.putObject("paths");
    new TreeMap<>(mapOf(paths)).forEach(sorted::set);
    ObjectNode components = document.putObject("components");
    addProblem(components);
    addSecurity(components.putObject("securitySchemes"));
    Set<String> asked = reachable("requestBody");
    Set<String> answered = reachable("responses");
    ObjectNode kept = components.putObject("schemas");
    for (Map.Entry<String, JsonNode> entry : new TreeMap<>(mapOf(schemas)).entrySet()) {
      String name = entry.getKey();
      ObjectNode schema = (ObjectNode) entry.getValue();
      boolean isObject = schema.path("properties").isObject();
      if (isObject && asked.contains(name) && !schema.has("additionalProperties")) {
        schema.put("additionalProperties", false);
      }
      if (isObject && answered.contains(name) && !asked.contains(name)) {
        ArrayNode required = schema.putArray("required");
        schema.get("properties").fieldNames().forEachRemaining(required::add);
      }
      if (asked.contains(name) || answered.contains(name)) {
        kept.set(name, schema);
      }
    }
    return document;
  }

  private void addProblem(ObjectNode components) {
    schemas.set(
        "FieldError",
        literal(
            """
            {"type": "object",
             "description": "One field or parameter that broke a rule.",
             "properties": {
               "field": {"type": "string", "description": "path, such as `locations[3].latitude`"},
               "rule": {"type": "string", "description": "slug of the rule, such as `max_length`"},
               "message": {"type": "string", "description": "the rule, for people"}}}
            """));
    schemas.set(
        "Problem",
        literal(
            """
            {"type": "object",
             "description": "A failure, as in RFC 9457.",
             "properties": {
               "type": {"type": "string", "pattern": "^urn:turnout:problem:[a-z_]+$"},
               "title": {"type": "string"},
               "status": {"type": "integer", "minimum": 400, "maximum": 599},
               "detail": {"type": "string"},
               "request_id": {"type": "string", "description": "as in X-Request-Id"},
               "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldError"}}}}
            """));
    ObjectNode response = components.putObject("responses").putObject("Problem");
    response.put("description", "It failed; `type` says why.");
    response
        .putObject("content")
        .putObject("application/problem+json")
        .putObject("schema")
        .put("$ref", SCHEMAS + "Problem");
  }

  private static void addSecurity(ObjectNode schemes) {
    schemes
        .putObject("access_token")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("bearerFormat", "JWT")
        .put(
            "description",
            """
            Of a user, from `auth/login`, `auth/refresh` or `auth/switch`. Where a permission is \
            needed that API keys may carry, an API key with it stands in the same place.\
            """);
    schemes
        .putObject("link_token")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "Of a participant, from the link that the participant was sent.");
    schemes
        .putObject("metrics_token")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "The secret `MetricsToken` of the installation.");
    schemes
        .putObject("link_password")
        .put("type", "http")
        .put("scheme", "basic")
        .put(
            "description",
            "Any name, and a participant's link token, for apps that know no bearer tokens.");
    schemes
        .putObject("device_token")
        .put("type", "http")
        .put("scheme", "bearer")
        .put(
            "description",
            "Of a participant's device, from `participants/{participant_id}/devices`: it may send"
                + " positions, and nothing else.");
    schemes
        .putObject("device_password")
        .put("type", "http")
        .put("scheme", "basic")
        .put("description", "Any name, and a device's token, for apps that know no bearer tokens.");
    schemes
        .putObject("device_id")
        .put("type", "apiKey")
        .put("in", "query")
        .put("name", "id")
        .put(
            "description",
            "A device's token as the device identifier of Traccar's protocol: in the query, in a"
                + " form, or as `device_id` in JSON.");
  }

  /// The schemas that this part of any operation leads to.
  private Set<String> reachable(String part) {
    Set<String> found = new LinkedHashSet<>();
    Deque<JsonNode> open = new ArrayDeque<>();
    for (JsonNode operations : paths) {
      for (JsonNode operation : operations) {
        open.add(operation.path(part));
        if (part.equals("requestBody")) {
          open.add(operation.path("parameters"));
        }
      }
    }
    if (part.equals("responses")) {
      open.add(JSON.createObjectNode().put("$ref", SCHEMAS + "Problem"));
    }
    while (!open.isEmpty()) {
      JsonNode node = open.pop();
      String reference = node.path("$ref").asText();
      if (reference.startsWith(SCHEMAS) && found.add(reference.substring(SCHEMAS.length()))) {
        open.add(schemas.path(reference.substring(SCHEMAS.length())));
      }
      node.forEach(open::add);
    }
    return found;
  }

  /// From OpenAPI 3.0 to 3.1, and what the compiler gets wrong on the way.
  private static JsonNode mend(JsonNode node) {
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, mend(array.get(i)));
      }
    } else if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : List.copyOf(object.properties())) {
        object.set(entry.getKey(), mend(entry.getValue()));
      }
      mendNames(object);
      mendEnum(object);
      mendPattern(object);
      mendNullable(object);
      if (object.has("in") && object.path("schema").path("type").isArray()) {
        // A parameter is there or not; null it cannot be.
        ((ObjectNode) object.get("schema")).set("type", object.at("/schema/type/0"));
      }
    } else if (node instanceof TextNode text && text.textValue().contains("\\`")) {
      return TextNode.valueOf(text.textValue().replace("\\`", "`"));
    }
    return node;
  }

  /// Fields are in snake case, unless they were given another name, which has no capitals.
  private static void mendNames(ObjectNode schema) {
    if (schema.get("properties") instanceof ObjectNode properties) {
      ObjectNode renamed = JSON.createObjectNode();
      properties
          .properties()
          .forEach(entry -> renamed.set(snake(entry.getKey()), entry.getValue()));
      schema.set("properties", renamed);
      if (schema.get("required") instanceof ArrayNode names) {
        ArrayNode required = schema.putArray("required");
        names.forEach(name -> required.add(snake(name.asText())));
      }
    }
  }

  private static String snake(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static void mendEnum(ObjectNode schema) {
    if (schema.get("enum") instanceof ArrayNode names) {
      for (int i = 0; i < names.size(); i++) {
        if (names.get(i).asText().matches("[A-Z][A-Z0-9_]*")) {
          names.set(i, TextNode.valueOf(names.get(i).asText().toLowerCase(Locale.ROOT)));
        }
      }
    }
  }

  /// Java's patterns are of the whole text, JSON Schema's of any part of it.
  private static void mendPattern(ObjectNode schema) {
    String pattern = schema.path("pattern").asText();
    if (schema.path("pattern").isTextual() && !pattern.startsWith("^")) {
      schema.put("pattern", "^(?:" + pattern + ")$");
    }
  }

  private static void mendNullable(ObjectNode schema) {
    JsonNode nullable = schema.remove("nullable");
    if (nullable == null || !nullable.asBoolean()) {
      return;
    }
    JsonNode type = schema.get("type");
    if (type != null) {
      schema.putArray("type").add(type).add("null");
      if (schema.get("enum") instanceof ArrayNode names) {
        names.addNull();
      }
    } else {
      JsonNode others = schema.remove("allOf");
      ArrayNode either = schema.putArray("anyOf");
      if (others != null && others.size() == 1) {
        either.add(others.get(0));
      } else if (others != null) {
        either.addObject().set("allOf", others);
      }
      JsonNode reference = schema.remove("$ref");
      if (reference != null) {
        either.addObject().set("$ref", reference);
      }
      either.addObject().put("type", "null");
    }
  }

  private static void rename(JsonNode compiled, String from, String to) {
    ObjectNode schemas = (ObjectNode) compiled.at("/components/schemas");
    schemas.set(to, schemas.remove(from));
    Deque<JsonNode> open = new ArrayDeque<>(List.of(compiled));
    while (!open.isEmpty()) {
      JsonNode node = open.pop();
      if (node.path("$ref").asText().equals(SCHEMAS + from)) {
        ((ObjectNode) node).put("$ref", SCHEMAS + to);
      }
      node.forEach(open::add);
    }
  }

  private static Map<String, JsonNode> mapOf(ObjectNode object) {
    Map<String, JsonNode> entries = new TreeMap<>();
    object.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    return entries;
  }

  private static JsonNode literal(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
