package app.turnout.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Makes what an OpenAPI document asks for: the required fields, with values that fit their schemas
/// and, as far as names tell, their meaning.
final class ValidRequests {
  /// Which value of a closed set: sets are often told from the most to the least, or the other way
  /// round.
  enum Choice {
    LAST,
    FIRST
  }

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonNode document;
  private final Function<String, Optional<String>> known;
  private final AtomicInteger count = new AtomicInteger();

  /// @param known gives the values of fields by their names, before all rules here
  ValidRequests(JsonNode document, Function<String, Optional<String>> known) {
    this.document = document;
    this.known = known;
  }

  /// A body that the operation takes; empty when it takes none, or none of JSON.
  Optional<JsonNode> body(JsonNode operation, Choice choice) {
    JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
    return schema.isMissingNode()
        ? Optional.empty()
        : Optional.of(value("", resolve(schema), choice));
  }

  /// The query that the operation cannot do without, with its question mark; often empty.
  String query(JsonNode operation) {
    StringBuilder query = new StringBuilder();
    for (JsonNode given : operation.path("parameters")) {
      JsonNode parameter = resolve(given);
      if (parameter.path("in").asText().equals("query") && parameter.path("required").asBoolean()) {
        String name = parameter.path("name").asText();
        query
            .append(query.isEmpty() ? '?' : '&')
            .append(name)
            .append('=')
            .append(
                value(name, resolve(parameter.path("schema")), Choice.LAST)
                    .asText()
                    .replace("+", "%2B"));
      }
    }
    return query.toString();
  }

  /// An object with the fields that its schema requires; with its first one when it requires none,
  /// since a change must change something.
  ObjectNode object(JsonNode schema, Choice choice) {
    ObjectNode object = NODES.objectNode();
    List<String> required = schema.path("required").valueStream().map(JsonNode::asText).toList();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (required.contains(property.getKey()) || (required.isEmpty() && object.isEmpty())) {
        object.set(
            property.getKey(), value(property.getKey(), resolve(property.getValue()), choice));
      }
    }
    return object;
  }

  private JsonNode value(String name, JsonNode schema, Choice choice) {
    JsonNode choices = schema.path("enum");
    if (!choices.isEmpty()) {
      return choices.get(choice == Choice.FIRST ? 0 : choices.size() - 1);
    }
    return switch (type(schema)) {
      case "integer" -> NODES.numberNode(schema.path("minimum").asInt(1));
      case "number" -> NODES.numberNode(1.5);
      case "boolean" -> NODES.booleanNode(true);
      case "array" -> array(name, schema, choice);
      case "object" -> object(schema, choice);
      default -> known.apply(name).map(NODES::textNode).orElseGet(() -> text(name, schema));
    };
  }

  private ArrayNode array(String name, JsonNode schema, Choice choice) {
    ArrayNode array = NODES.arrayNode();
    for (int i = 0; i < Math.max(1, schema.path("minItems").asInt()); i++) {
      array.add(value(name, resolve(schema.path("items")), choice));
    }
    return array;
  }

  private TextNode text(String name, JsonNode schema) {
    String format = schema.path("format").asText();
    String text =
        switch (name) {
          case "time_zone" -> "Europe/Dublin";
          case "locale", "language" -> "en";
          case "currency" -> "EUR";
          case "phone" -> "+353871234567";
          case "code_verifier", "code_challenge" -> "a".repeat(43);
          case "redirect_uri" -> "https://somewhere.example/signed-in";
          case "rrule" -> "FREQ=WEEKLY";
          case "starts_at" -> later(30, ChronoUnit.MINUTES);
          case "ends_at" -> later(90, ChronoUnit.MINUTES);
          case "recorded_at" -> later(-1, ChronoUnit.MINUTES);
          default ->
              switch (format) {
                case "uuid" -> UUID.randomUUID().toString();
                case "date-time" -> later(1, ChronoUnit.DAYS);
                case "date" -> later(1, ChronoUnit.DAYS).substring(0, 10);
                case "email" -> "somebody-" + UUID.randomUUID() + "@example.com";
                case "uri" -> "https://somewhere.example/";
                default -> "Something that is number %d".formatted(count.incrementAndGet());
              };
        };
    int longest = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    return NODES.textNode(text.substring(Math.max(0, text.length() - longest)));
  }

  private static String later(int amount, ChronoUnit unit) {
    return Instant.now().plus(amount, unit).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// The type that is not null, where there are two.
  static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (!type.isArray()) {
      return type.asText(schema.has("properties") ? "object" : "string");
    }
    for (JsonNode one : type) {
      if (!one.asText().equals("null")) {
        return one.asText();
      }
    }
    return "string";
  }

  /// Follows `$ref`, and takes the one of `anyOf`, `allOf` or `oneOf` that is not null.
  JsonNode resolve(JsonNode schema) {
    if (schema.has("$ref")) {
      return resolve(document.at(schema.path("$ref").asText().substring(1)));
    }
    for (String choice : List.of("anyOf", "allOf", "oneOf")) {
      for (JsonNode option : schema.path(choice)) {
        if (!option.path("type").equals(TextNode.valueOf("null"))) {
          return resolve(option);
        }
      }
    }
    return schema;
  }
}
