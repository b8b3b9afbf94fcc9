package app.turnout.platform.json;

import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON as RFC 8259 has it: UTF-8, one value, no key twice, nothing after it. Numbers keep whether
/// they were written as whole ones.
final class JsonText {
  private static final int LONGEST_LONG = 18;

  // Names come from strangers: a table of them that only grows is theirs to fill.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxNumberLength(100)
                  .maxNameLength(200)
                  .build())
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private JsonText() {}

  /// The value in these bytes; else a problem that says where they go wrong.
  static JsonNode parse(byte[] bytes) {
    if (bytes.length == 0) {
      throw malformed("The body is empty; a JSON object is expected");
    }
    CharBuffer text = decode(bytes);
    try (JsonParser parser = FACTORY.createParser(text.array(), text.position(), text.length())) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw malformed("The body is empty; a JSON object is expected");
      }
      JsonNode value = value(parser, first);
      if (parser.nextToken() != null) {
        throw malformed("There is more after the JSON value" + at(parser.currentTokenLocation()));
      }
      return value;
    } catch (JsonProcessingException e) {
      throw malformed("Not JSON: " + firstLine(e.getOriginalMessage()) + at(e.getLocation()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CharBuffer decode(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw malformed("Not UTF-8 at byte " + (in.position() + 1));
    }
    return out.flip();
  }

  private static JsonNode value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> JsonNode.createStringNode(parser.getText());
      case VALUE_NUMBER_INT -> whole(parser.getText());
      case VALUE_NUMBER_FLOAT -> decimal(parser.getText());
      case VALUE_TRUE -> JsonNode.createBooleanNode(true);
      case VALUE_FALSE -> JsonNode.createBooleanNode(false);
      case VALUE_NULL -> JsonNode.nullNode();
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("unexpected " + token);
    };
  }

  private static JsonNode object(JsonParser parser) throws IOException {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonNode value = value(parser, parser.nextToken());
      if (fields.put(name, value) != null) {
        throw new JsonParseException(parser, "Duplicate field '" + name + "'");
      }
    }
    return JsonNode.createObjectNode(fields);
  }

  private static JsonNode array(JsonParser parser) throws IOException {
    List<JsonNode> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(parser, token));
    }
    return JsonNode.createArrayNode(items);
  }

  private static JsonNode whole(String text) {
    return text.length() <= LONGEST_LONG
        ? JsonNode.createNumberNode(Long.parseLong(text))
        : JsonNode.createNumberNode(new BigInteger(text));
  }

  private static JsonNode decimal(String text) {
    try {
      return JsonNode.createNumberNode(new BigDecimal(text));
    } catch (NumberFormatException e) {
      // An exponent beyond BigDecimal's: zero or infinity, which the reader of a double refuses.
      return JsonNode.createNumberNode(Double.parseDouble(text));
    }
  }

  private static String at(@Nullable JsonLocation location) {
    if (location == null) {
      return "";
    }
    return " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  private static String firstLine(String message) {
    String line = message.lines().findFirst().orElse("");
    int aside = line.indexOf(" (start marker");
    return Texts.printable(aside < 0 ? line : line.substring(0, aside));
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
  }
}
