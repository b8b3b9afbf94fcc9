package app.turnout.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Holds answers against an OpenAPI 3.1 document, strictly: an undeclared status or content type, a
/// missing or an undeclared property, a value of another form are all failures.
public final class OpenApiResponses {
  private static final String ROOT = "https://turnout.example/openapi.json";

  private final JsonNode document;
  private final SchemaRegistry schemas;
  private final Map<String, Schema> compiled = new ConcurrentHashMap<>();
  private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

  private OpenApiResponses(JsonNode document) {
    this.document = document;
    this.schemas =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of(ROOT, document.toString())));
  }

  /// The contract in this document.
  public static OpenApiResponses of(JsonNode document) {
    JsonNode strict = document.deepCopy();
    close(strict);
    return new OpenApiResponses(strict);
  }

  /// The contract of one area, from its classes.
  public static OpenApiResponses ofArea(String area) {
    return of(OpenApiDocument.ofArea(area));
  }

  /// Throws AssertionError when the document does not allow this answer.
  ///
  /// @param target path, and query if any, as a client sent it
  public void check(String method, String target, ApiClient.Answer answer) {
    String path = target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
    String template = template(path, method);
    if (template == null) {
      require(
          answer.status() == 404 || answer.status() == 405,
          method,
          target,
          answer,
          "no such operation");
      return;
    }
    if (answer.status() == 304) {
      require(answer.body().isEmpty(), method, target, answer, "304 has no body");
      return;
    }
    JsonNode responses =
        document
            .path("paths")
            .path(template)
            .path(method.toLowerCase(Locale.ROOT))
            .path("responses");
    String key =
        responses.has(Integer.toString(answer.status()))
            ? Integer.toString(answer.status())
            : fallback(answer.status(), responses);
    require(key != null, method, target, answer, "undeclared status");
    JsonNode content = resolve(responses.path(String.valueOf(key))).path("content");
    if (answer.body().isEmpty()) {
      require(content.isEmpty(), method, target, answer, "a body is declared");
      return;
    }
    String type = String.valueOf(answer.header("Content-Type")).split(";", 2)[0].strip();
    require(content.has(type), method, target, answer, "undeclared content type " + type);
    JsonNode schema = content.path(type).path("schema");
    if (type.endsWith("json") && !schema.isMissingNode()) {
      String faults = faults(responses, String.valueOf(key), template, method, type, answer);
      require(faults.isEmpty(), method, target, answer, faults);
    }
  }

  /// What is wrong with the document's own examples: each request body and each answer that is no
  /// error has one, problems have some, and they are as their schemas say.
  public List<String> exampleFaults() {
    List<String> faults = new ArrayList<>();
    for (JsonNode problem :
        document.at("/components/responses/Problem/content/application~1problem+json/examples")) {
      check("Problem", "#/components/schemas/Problem", problem.path("value"), faults);
    }
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        String name = method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
        String pointer = "#/paths/" + escape(path.getKey()) + "/" + method.getKey();
        JsonNode operation = method.getValue();
        exampleFaults(
            name + " request",
            pointer + "/requestBody/content/",
            operation.at("/requestBody/content"),
            faults);
        for (Map.Entry<String, JsonNode> response : operation.path("responses").properties()) {
          if (response.getKey().startsWith("2")) {
            exampleFaults(
                name + " " + response.getKey(),
                pointer + "/responses/" + response.getKey() + "/content/",
                response.getValue().path("content"),
                faults);
          }
        }
      }
    }
    return faults;
  }

  private void exampleFaults(String name, String pointer, JsonNode contents, List<String> faults) {
    for (Map.Entry<String, JsonNode> content : contents.properties()) {
      JsonNode example = content.getValue().path("example");
      if (example.isMissingNode()) {
        faults.add(name + " has no example of " + content.getKey());
      } else if (content.getKey().endsWith("json") && content.getValue().has("schema")) {
        check(name, pointer + escape(content.getKey()) + "/schema", example, faults);
      }
    }
  }

  private void check(String name, String schema, JsonNode example, List<String> faults) {
    schemas
        .getSchema(SchemaLocation.of(ROOT + schema))
        .validate(
            example,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .forEach(error -> faults.add(name + ": " + error));
  }

  private String faults(
      JsonNode responses,
      String key,
      String template,
      String method,
      String type,
      ApiClient.Answer answer) {
    JsonNode response = responses.path(key);
    String pointer =
        response.has("$ref")
            ? response.path("$ref").asText()
            : "#/paths/"
                + escape(template)
                + "/"
                + method.toLowerCase(Locale.ROOT)
                + "/responses/"
                + key;
    String location = ROOT + pointer + "/content/" + escape(type) + "/schema";
    Schema schema =
        compiled.computeIfAbsent(location, at -> schemas.getSchema(SchemaLocation.of(at)));
    List<Error> errors =
        schema.validate(
            answer.json(),
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    return errors.stream().map(Error::toString).collect(Collectors.joining("; "));
  }

  private static @Nullable String fallback(int status, JsonNode responses) {
    String range = status / 100 + "XX";
    if (responses.has(range)) {
      return range;
    }
    return responses.has("default") ? "default" : null;
  }

  /// The path of the document that this path is an instance of, the most literal one.
  private @Nullable String template(String path, String method) {
    String best = null;
    for (Map.Entry<String, JsonNode> entry : document.path("paths").properties()) {
      String template = entry.getKey();
      boolean matches =
          entry.getValue().has(method.toLowerCase(Locale.ROOT))
              && patterns
                  .computeIfAbsent(template, OpenApiResponses::pattern)
                  .matcher(path)
                  .matches();
      if (matches && (best == null || template.indexOf('{') < 0)) {
        best = template;
      }
    }
    return best;
  }

  /// Of the paths that a template stands for.
  private static Pattern pattern(String template) {
    return Pattern.compile(
        Pattern.compile("\\{[^}]+}")
            .splitAsStream(template + "\n")
            .map(literal -> Pattern.quote(literal.strip()))
            .collect(Collectors.joining("[^/]+")));
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  /// Objects have the properties they declare and no others.
  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.path("properties").isObject()
          && !object.has("additionalProperties")
          && !object.has("allOf")) {
        object.put("additionalProperties", false);
      }
      // An example may have properties of that name, as GeoJSON does.
      object.properties().stream()
          .filter(entry -> !entry.getKey().equals("example"))
          .forEach(entry -> close(entry.getValue()));
    } else if (node instanceof ArrayNode array) {
      array.forEach(OpenApiResponses::close);
    }
  }

  private static String escape(String segment) {
    return segment
        .replace("~", "~0")
        .replace("/", "~1")
        .replace("{", "%7B")
        .replace("}", "%7D")
        .replace("+", "%2B");
  }

  private static void require(
      boolean condition, String method, String target, ApiClient.Answer answer, String fault) {
    if (!condition) {
      throw new AssertionError(
          "%s %s: %d breaks the contract: %s%n%s"
              .formatted(method, target, answer.status(), fault, answer.body()));
    }
  }
}
