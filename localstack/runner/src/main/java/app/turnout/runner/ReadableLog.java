package app.turnout.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Shows the lines of JSON that functions log as a person reads them, and everything else as it is;
/// lines of metrics it does not show. All lines of JSON are kept as they came, for
/// `localstack/trace`.
final class ReadableLog extends OutputStream {
  private static final JsonMapper JSON = new JsonMapper();

  private static final byte[] METRICS = "{\"_aws\":".getBytes(StandardCharsets.UTF_8);

  private final PrintStream terminal;
  private final Path keptIn;
  private @Nullable OutputStream kept;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /// @param keptIn takes the lines of JSON; anew from the first one on
  ReadableLog(PrintStream terminal, Path keptIn) {
    this.terminal = terminal;
    this.keptIn = keptIn;
  }

  @Override
  public synchronized void write(int b) {
    line.write(b);
    if (b == '\n') {
      flushLine();
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int count) {
    int begin = from;
    for (int i = from; i < from + count; i++) {
      if (bytes[i] == '\n') {
        line.write(bytes, begin, i + 1 - begin);
        begin = i + 1;
        flushLine();
      }
    }
    line.write(bytes, begin, from + count - begin);
  }

  /// What begins like a line of JSON waits for its end.
  @Override
  public synchronized void flush() {
    if (line.size() > 0 && line.toByteArray()[0] != '{') {
      flushLine();
    }
  }

  private void flushLine() {
    byte[] bytes = line.toByteArray();
    line.reset();
    if (bytes[0] == '{') {
      keep(bytes);
    }
    if (!Arrays.equals(METRICS, Arrays.copyOf(bytes, METRICS.length))) {
      terminal.print(readable(new String(bytes, StandardCharsets.UTF_8)));
      terminal.flush();
    }
  }

  /// A full disk is no reason to end the product.
  private void keep(byte[] bytes) {
    try {
      if (kept == null) {
        kept = Files.newOutputStream(keptIn);
      }
      kept.write(bytes);
    } catch (IOException e) {
      terminal.println("localstack/up: the log is not kept: " + e.getMessage());
    }
  }

  /// `10:00:00 WARN identity: Session … ends [RefreshSession, request …]`, and the failure below.
  static String readable(String line) {
    if (!line.startsWith("{")) {
      return line;
    }
    try {
      JsonNode event = JSON.readTree(line);
      return event.has("time") && event.has("level") && event.has("message")
          ? readable(event)
          : line;
    } catch (JsonProcessingException e) {
      return line;
    }
  }

  private static String readable(JsonNode event) {
    String logger = event.path("logger").asText();
    StringJoiner where = new StringJoiner(", ", " [", "]");
    where.add(logger.substring(logger.lastIndexOf('.') + 1));
    for (String fact : new String[] {"request_id", "organization"}) {
      if (event.has(fact)) {
        where.add(fact.replace("_id", "") + " " + event.path(fact).asText());
      }
    }
    String time = event.path("time").asText();
    String text =
        time.substring(Math.min(11, time.length()), Math.min(19, time.length()))
            + " "
            + event.path("level").asText()
            + " "
            + event.path("function").asText("a function")
            + ": "
            + event.path("message").asText()
            + where
            + "\n";
    for (String failure : new String[] {"failure_says", "failure"}) {
      if (event.has(failure)) {
        text += event.path(failure).asText().strip().indent(2);
      }
    }
    return text;
  }
}
