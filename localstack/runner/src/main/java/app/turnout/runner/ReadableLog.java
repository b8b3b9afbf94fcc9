package app.turnout.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/// Shows the lines of JSON that functions log as a person reads them; everything else as it is.
final class ReadableLog extends OutputStream {
  private static final JsonMapper JSON = new JsonMapper();

  private final PrintStream terminal;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  ReadableLog(PrintStream terminal) {
    this.terminal = terminal;
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
    for (int i = from; i < from + count; i++) {
      write(bytes[i]);
    }
  }

  /// What begins like a line of JSON waits for its end.
  @Override
  public synchronized void flush() {
    if (line.size() > 0 && line.toByteArray()[0] != '{') {
      flushLine();
    }
  }

  private void flushLine() {
    terminal.print(readable(line.toString(StandardCharsets.UTF_8)));
    terminal.flush();
    line.reset();
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
