package app.turnout.acceptance;

import app.turnout.testing.EmbeddedMetrics;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What was said to the product and by it that belongs to somebody, and what its functions logged
/// meanwhile.
final class Secrecy {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Shorter values are everywhere.
  static final int SHORTEST = 6;

  /// Fields whose values nobody else may learn, error answers included.
  private static final Pattern SECRET =
      Pattern.compile("(?:.*_)?(?:password|token|secret|key|code)");

  /// Fields whose values are somebody's.
  private static final Pattern PERSONAL =
      Pattern.compile(
          SECRET.pattern()
              + "|(?:.*_)?(?:email|phone|name|title|address)|latitude|longitude|lat|lon");

  private static final Set<String> VALUES = ConcurrentHashMap.newKeySet();
  private static final ByteArrayOutputStream OUTPUT = new ByteArrayOutputStream();

  private Secrecy() {}

  /// From here on all that this process prints is kept; functions log to their standard output.
  static void listen() {
    PrintStream before = System.out;
    System.setOut(
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
              }

              @Override
              public void write(byte[] bytes, int from, int count) {
                OUTPUT.write(bytes, from, count);
                before.write(bytes, from, count);
              }

              @Override
              public void flush() {
                before.flush();
              }
            },
            true,
            StandardCharsets.UTF_8));
  }

  /// The events that functions have logged so far.
  static List<JsonNode> events() {
    return OUTPUT
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("{\"time\":"))
        .map(Client::json)
        .toList();
  }

  /// The lines of metrics that functions have written so far.
  static List<JsonNode> metrics() {
    return EmbeddedMetrics.in(OUTPUT.toString(StandardCharsets.UTF_8).lines());
  }

  /// Whatever of somebody's was in a request or an answer so far.
  static Set<String> values() {
    return VALUES;
  }

  /// Remembers what is somebody's in a body; answers what of it is secret.
  static Set<String> note(byte @Nullable [] body) {
    Set<String> secrets = ConcurrentHashMap.newKeySet();
    if (body != null && body.length > 0 && body.length < 100_000) {
      try {
        note("", JSON.readTree(body), secrets);
      } catch (IOException e) {
        // What is no JSON is broken on purpose, or a document.
      }
    }
    return secrets;
  }

  /// The same for the credentials of a request.
  static Set<String> note(String authorization) {
    String token = authorization.replaceFirst("^\\w+ +", "");
    if (token.length() < 20) {
      return Set.of();
    }
    VALUES.add(token);
    return Set.of(token);
  }

  private static void note(String name, JsonNode node, Set<String> secrets) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      note(field.getKey(), field.getValue(), secrets);
    }
    if (node.isArray()) {
      node.forEach(element -> note(name, element, secrets));
    }
    String text = node.isValueNode() ? node.asText() : "";
    if (text.length() >= SHORTEST && PERSONAL.matcher(name).matches()) {
      VALUES.add(text);
      if (SECRET.matcher(name).matches()) {
        secrets.add(text);
      }
    }
  }
}
