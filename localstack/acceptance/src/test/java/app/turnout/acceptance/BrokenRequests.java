package app.turnout.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes broken versions of what an OpenAPI document asks for: each breaks one thing.
final class BrokenRequests {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ValidRequests valid;

  BrokenRequests(JsonNode document) {
    this.valid = new ValidRequests(document, _ -> Optional.empty());
  }

  /// A body that breaks one rule.
  ///
  /// @param what is broken, for people
  /// @param charset that the text is sent in
  /// @param field that the answer must name; null when the body cannot be read at all
  record BrokenBody(String what, String text, Charset charset, @Nullable String field) {
    byte[] bytes() {
      return text.getBytes(charset);
    }
  }

  /// Bodies that no operation with a JSON object can take.
  List<BrokenBody> bodies(JsonNode operation) {
    List<BrokenBody> bodies = new ArrayList<>();
    if (operation.at("/requestBody/required").asBoolean()) {
      unreadable("nothing", "", bodies);
    }
    unreadable("cut short", "{\"a\": ", bodies);
    unreadable("not JSON", "name=x&email=y", bodies);
    unreadable("an array", "[]", bodies);
    unreadable("a number", "5", bodies);
    unreadable("null", "null", bodies);
    unreadable("deep", "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000), bodies);
    bodies.add(new BrokenBody("not UTF-8", "{\"\u00c3\": 1}", StandardCharsets.ISO_8859_1, null));
    JsonNode schema = resolve(operation.at("/requestBody/content/application~1json/schema"));
    ObjectNode valid = this.valid.object(schema, ValidRequests.Choice.FIRST);
    if (!schema.path("additionalProperties").asBoolean(true)) {
      broken("", "unknown_field_of_a_test", NODES.numberNode(1), valid, bodies);
    }
    schema
        .path("properties")
        .properties()
        .forEach(property -> breakProperty(property, schema, valid, bodies));
    return bodies;
  }

  /// Values that no parameter of this schema can have.
  List<String> parameters(JsonNode schema) {
    return switch (resolve(schema).path("type").asText()) {
      case "integer" ->
          Stream.of("abc", "-1", "0", "99999999999999999999", "1.5", "%00", "1%20or%201")
              .filter(value -> !value.equals("0") || resolve(schema).path("minimum").asInt(1) > 0)
              .toList();
      default ->
          "uuid".equals(resolve(schema).path("format").asText())
              ? List.of(
                  "abc", "%00", "%25zz", "1%27%20or%20%271", "%F0%9F%98%80", "a".repeat(3_000))
              : List.of("%00", "%FF", "x".repeat(3_000));
    };
  }

  private void breakProperty(
      Map.Entry<String, JsonNode> property,
      JsonNode schema,
      ObjectNode valid,
      List<BrokenBody> bodies) {
    String name = property.getKey();
    JsonNode type = resolve(property.getValue());
    boolean required = schema.path("required").toString().contains("\"" + name + "\"");
    for (JsonNode value : wrongValues(type)) {
      broken(name, name, value, valid, bodies);
    }
    if (required) {
      broken(name, name, NODES.nullNode(), valid, bodies);
      ObjectNode without = valid.deepCopy();
      without.remove(name);
      bodies.add(body(name + " is missing", without, name));
    }
  }

  private List<JsonNode> wrongValues(JsonNode type) {
    List<JsonNode> values = new ArrayList<>();
    String kind = ValidRequests.type(type);
    if (!kind.equals("string")) {
      values.add(NODES.textNode("text"));
    }
    if (!kind.equals("boolean")) {
      values.add(NODES.booleanNode(true));
    }
    if (!kind.equals("array")) {
      values.add(NODES.arrayNode().add(1));
    }
    if (!kind.equals("object")) {
      values.add(NODES.objectNode().put("a", 1));
    }
    if (kind.equals("string")) {
      values.add(NODES.numberNode(5));
      values.add(NODES.textNode("x".repeat(200_000)));
      values.add(NODES.textNode("a\u0000b"));
      values.add(NODES.textNode("\ud800"));
    }
    if (kind.equals("integer")) {
      values.add(NODES.numberNode(1.5));
      values.add(NODES.numberNode(new java.math.BigInteger("9".repeat(40))));
      values.add(NODES.numberNode(-5));
    }
    if (kind.equals("number")) {
      values.add(NODES.numberNode(new java.math.BigDecimal("1e400")));
    }
    if (type.has("enum") || type.has("format")) {
      values.add(NODES.textNode("of no kind"));
    }
    return values;
  }

  private void broken(
      String what, String field, JsonNode value, ObjectNode valid, List<BrokenBody> bodies) {
    ObjectNode body = valid.deepCopy();
    body.set(field, value);
    String shown = value.toString();
    bodies.add(body(what + " is " + shown.substring(0, Math.min(30, shown.length())), body, field));
  }

  private static void unreadable(String what, String body, List<BrokenBody> bodies) {
    bodies.add(new BrokenBody(what, body, StandardCharsets.UTF_8, null));
  }

  /// A lone surrogate is written as an escape, for UTF-8 has no bytes for it.
  private static BrokenBody body(String what, JsonNode body, String field) {
    String text = body.toString();
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (Character.isSurrogate(character)) {
        escaped.append("\\u%04x".formatted((int) character));
      } else {
        escaped.append(character);
      }
    }
    return new BrokenBody(what, escaped.toString(), StandardCharsets.UTF_8, field);
  }

  /// See [ValidRequests#resolve(JsonNode)].
  JsonNode resolve(JsonNode schema) {
    return valid.resolve(schema);
  }
}
