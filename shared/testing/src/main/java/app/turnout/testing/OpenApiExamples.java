package app.turnout.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// Gives every operation of an OpenAPI document an example of what it takes and of what it answers.
///
/// They are put together from the schemas and from the values that one file has for the names of
/// fields, so that the same thing is called the same in all of them, and what is new mostly has its
/// examples as soon as it is there. The file has
/// - `fields`: values by `Schema.field`, else by `field`; null where it is left empty;
/// - `schemas`: values that are said whole, by their schema;
/// - `without`: fields of requests that are left out, since they contradict others;
/// - `patches`: what a patch changes; else its first field;
/// - `texts`: by media type, what is not JSON;
/// - `operations`: by `METHOD /path`, `request` and `answers` by status that are said whole;
/// - `problems`: examples of what every operation may answer.
final class OpenApiExamples {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String SCHEMAS = "#/components/schemas/";
  private static final int DEEPEST = 12;

  private final JsonNode said;
  private final Set<String> missing = new TreeSet<>();

  private OpenApiExamples(JsonNode said) {
    this.said = said;
  }

  /// With the values of this file.
  static OpenApiExamples read(Path file) throws IOException {
    return new OpenApiExamples(new ObjectMapper().readTree(file.toFile()));
  }

  /// Puts the examples in.
  ///
  /// @return the fields that have no value, as `Schema.field`; what they are in has no example
  Set<String> addTo(ObjectNode document) {
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        String name = method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
        add(document, method.getValue(), said.path("operations").path(name));
      }
    }
    for (JsonNode content : document.at("/components/responses/Problem/content")) {
      ((ObjectNode) content).set("examples", said.path("problems").deepCopy());
    }
    return missing;
  }

  private void add(JsonNode document, JsonNode operation, JsonNode own) {
    operation
        .at("/requestBody/content")
        .properties()
        .forEach(
            content ->
                add(
                    document,
                    content.getKey(),
                    (ObjectNode) content.getValue(),
                    own.path("request"),
                    true));
    operation
        .path("responses")
        .properties()
        .forEach(
            response ->
                response
                    .getValue()
                    .path("content")
                    .properties()
                    .forEach(
                        content ->
                            add(
                                document,
                                content.getKey(),
                                (ObjectNode) content.getValue(),
                                own.path("answers").path(response.getKey()),
                                false)));
  }

  private void add(
      JsonNode document, String mediaType, ObjectNode content, JsonNode whole, boolean isAsked) {
    Optional<JsonNode> example;
    if (!whole.isMissingNode()) {
      example = Optional.of(whole);
    } else if (mediaType.endsWith("json")) {
      example = new Maker(document, isAsked).value("", "", content.path("schema"), 0);
    } else {
      example = find(said.path("texts"), mediaType);
      if (example.isEmpty()) {
        missing.add(mediaType);
      }
    }
    example.ifPresent(value -> content.set("example", value.deepCopy()));
  }

  private static Optional<JsonNode> find(JsonNode among, String name) {
    return among.has(name) ? Optional.of(among.get(name)) : Optional.empty();
  }

  /// Makes one example.
  private final class Maker {
    private final JsonNode document;
    private final boolean isAsked;

    Maker(JsonNode document, boolean isAsked) {
      this.document = document;
      this.isAsked = isAsked;
    }

    /// A value for a field; empty when there is none, which is noted.
    ///
    /// @param owner the schema that has the field
    Optional<JsonNode> value(String owner, String field, JsonNode given, int depth) {
      Named schema = resolve(new Named("", given));
      Optional<JsonNode> value =
          said(owner, field)
              .filter(one -> one.isNull() ? allowsNull(given) : fits(one, schema.schema()));
      if (value.isPresent()) {
        return value;
      }
      String name = schema.name().isEmpty() ? owner : schema.name();
      if (said.path("schemas").has(name)) {
        return find(said.path("schemas"), name);
      }
      if (depth > DEEPEST) {
        return noted(owner, field);
      }
      JsonNode shape = schema.schema();
      for (JsonNode choice : shape.path("enum")) {
        if (!choice.isNull()) {
          return Optional.of(choice);
        }
      }
      return switch (type(shape)) {
        case "array" ->
            value(owner, field.replaceAll("s$", ""), shape.path("items"), depth + 1)
                .map(item -> NODES.arrayNode().add(item));
        case "object" ->
            shape.has("additionalProperties") && shape.path("properties").isEmpty()
                ? noted(owner, field)
                : object(name, shape, depth);
        case "boolean" -> Optional.of(NODES.booleanNode(false));
        case "string" -> text(owner, field, shape);
        default -> noted(owner, field);
      };
    }

    private Optional<JsonNode> object(String name, JsonNode shape, int depth) {
      ObjectNode object = NODES.objectNode();
      boolean isWhole = true;
      boolean isPatch = isAsked && name.endsWith("Patch");
      for (Map.Entry<String, JsonNode> property : shape.path("properties").properties()) {
        String field = property.getKey();
        if (isAsked && isLeftOut(name, field)) {
          continue;
        }
        if (isPatch && depth == 0 && !isPatched(name, field, object)) {
          continue;
        }
        Optional<JsonNode> value = value(name, field, property.getValue(), depth + 1);
        value.ifPresent(one -> object.set(field, one));
        isWhole &= value.isPresent();
      }
      return isWhole ? Optional.of(object) : Optional.empty();
    }

    private boolean isLeftOut(String name, String field) {
      return contains(said.path("without"), unpatched(name) + "." + field);
    }

    private boolean isPatched(String name, String field, ObjectNode object) {
      JsonNode fields = said.path("patches").path(unpatched(name));
      return fields.isMissingNode() ? object.isEmpty() : contains(fields, field);
    }

    /// What the file says of a field; an `id` is that of what has it.
    private Optional<JsonNode> said(String owner, String field) {
      String thing =
          field.equals("id") ? unpatched(owner).replaceAll("(Response|Body|Request)$", "") : "";
      return find(said.path("fields"), unpatched(owner) + "." + field)
          .or(() -> find(said.path("fields"), thing.isEmpty() ? field : snake(thing) + "_id"));
    }

    private Optional<JsonNode> text(String owner, String field, JsonNode shape) {
      return switch (shape.path("format").asText()) {
        case "uuid" -> Optional.of(NODES.textNode(id(owner + "." + field)));
        case "date-time" -> Optional.of(NODES.textNode("2026-03-02T09:00:00Z"));
        default -> noted(owner, field);
      };
    }

    private Optional<JsonNode> noted(String owner, String field) {
      missing.add(owner + "." + field);
      return Optional.empty();
    }

    private Named resolve(Named named) {
      JsonNode schema = named.schema();
      Deque<JsonNode> options = new ArrayDeque<>();
      for (String choice : new String[] {"anyOf", "allOf", "oneOf"}) {
        schema.path(choice).forEach(options::add);
      }
      String reference = schema.path("$ref").asText();
      if (reference.startsWith(SCHEMAS)) {
        return resolve(
            new Named(reference.substring(SCHEMAS.length()), document.at(reference.substring(1))));
      }
      for (JsonNode option : options) {
        if (!isNull(option)) {
          return resolve(new Named(named.name(), option));
        }
      }
      return named;
    }
  }

  /// @param name of a schema that is referred to; empty for one in place
  private record Named(String name, JsonNode schema) {}

  private static boolean contains(JsonNode texts, String text) {
    for (JsonNode one : texts) {
      if (one.asText().equals(text)) {
        return true;
      }
    }
    return false;
  }

  private static String unpatched(String schema) {
    return schema.replaceAll("Patch$", "");
  }

  private static String snake(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static boolean allowsNull(JsonNode schema) {
    return contains(schema.path("type"), "null")
        || schema.path("anyOf").valueStream().anyMatch(OpenApiExamples::isNull);
  }

  private static boolean isNull(JsonNode schema) {
    return schema.path("type").asText().equals("null");
  }

  private static boolean fits(JsonNode value, JsonNode shape) {
    if (shape.has("enum")) {
      return contains(shape.path("enum"), value.asText()) && value.isTextual();
    }
    return switch (type(shape)) {
      case "array" -> value instanceof ArrayNode;
      case "object" -> value instanceof ObjectNode;
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      default -> value.isTextual();
    };
  }

  /// The type that is not null, where there are two.
  private static String type(JsonNode shape) {
    JsonNode type = shape.path("type");
    for (JsonNode one : type) {
      if (!one.asText().equals("null")) {
        return one.asText();
      }
    }
    return type.asText(shape.has("properties") ? "object" : "string");
  }

  /// A UUIDv7 of an early morning, always the same for the same name.
  private static String id(String name) {
    String random =
        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString().substring(15);
    return "019c9d2e-5a00-7" + random;
  }
}
