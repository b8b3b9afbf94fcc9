package app.turnout.platform.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.MessageFormatter;

/// Writes each event as one line, a JSON object: `time` (real, UTC), `level`, `function`, `logger`,
/// `message`, `request_id`, `trace_id`, `organization` and `failure`; what an event has not is left
/// out.
///
/// Nobody's data gets in by accident: of failures there are types, SQL states and places, and of
/// what others' code says with arguments only numbers, truth values and names of the code. An event
/// of level DEBUG or TRACE says all; those levels are for a developer's own machine.
public final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String OURS = "app.turnout.";
  private static final String HIDDEN = "[…]";
  private static final int LONGEST_TEXT = 16_000;
  private static final int SHORTEST_WORDS = 4;

  private final @Nullable String function;

  public JsonLines() {
    // What is said before the first call, where nobody has put it among the call's facts yet.
    this.function = System.getenv("TURNOUT_FUNCTION");
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    boolean all = !event.getLevel().isGreaterOrEqual(Level.INFO);
    Map<String, String> facts = event.getMDCPropertyMap();
    StringBuilder line = new StringBuilder(256);
    @Nullable Throwable failure =
        event.getThrowableProxy() instanceof ThrowableProxy proxy ? proxy.getThrowable() : null;
    field(line, "time", TIME.format(event.getInstant()));
    field(line, "level", event.getLevel().toString());
    field(line, "function", facts.getOrDefault(LogFacts.FUNCTION, function));
    field(line, "logger", event.getLoggerName());
    field(line, "message", message(event, failure, all));
    field(line, "request_id", facts.get(LogFacts.REQUEST));
    field(line, "trace_id", facts.get(LogFacts.TRACE));
    field(line, "organization", facts.get(LogFacts.ORGANIZATION));
    if (failure != null) {
      field(line, "failure", FailureTrace.of(failure));
      if (all) {
        field(line, "failure_says", failure.toString());
      }
    }
    return line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String message(ILoggingEvent event, @Nullable Throwable failure, boolean all) {
    String message =
        all || event.getLoggerName().startsWith(OURS)
            ? event.getFormattedMessage()
            : MessageFormatter.basicArrayFormat(
                event.getMessage(), harmless(event.getArgumentArray()));
    return all ? message : withoutWords(message, failure);
  }

  private static Object @Nullable [] harmless(Object @Nullable [] arguments) {
    return arguments == null
        ? null
        : Arrays.stream(arguments)
            .map(argument -> isHarmless(argument) ? argument : HIDDEN)
            .toArray();
  }

  private static boolean isHarmless(@Nullable Object argument) {
    return argument == null
        || argument instanceof Number
        || argument instanceof Boolean
        || argument instanceof Enum<?>
        || argument instanceof Class<?>;
  }

  /// Some write a failure's own words into the message.
  private static String withoutWords(String message, @Nullable Throwable failure) {
    String clean = message;
    if (failure != null) {
      for (Throwable cause : FailureTrace.causes(failure)) {
        String words = cause.getMessage();
        if (words != null && words.length() >= SHORTEST_WORDS) {
          clean = clean.replace(words, HIDDEN);
        }
      }
    }
    return clean;
  }

  private static void field(StringBuilder line, String name, @Nullable String value) {
    if (value == null) {
      return;
    }
    line.append(line.isEmpty() ? '{' : ',').append('"').append(name).append("\":\"");
    int end = Math.min(value.length(), LONGEST_TEXT);
    for (int i = 0; i < end; i++) {
      append(line, value.charAt(i));
    }
    line.append('"');
  }

  private static void append(StringBuilder line, char c) {
    switch (c) {
      case '"' -> line.append("\\\"");
      case '\\' -> line.append("\\\\");
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        // The last two end lines for some readers; a lone half of a pair has no bytes.
        if (c < ' ' || c == 0x7f || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
          line.append("\\u%04x".formatted((int) c));
        } else {
          line.append(c);
        }
      }
    }
  }

  @Override
  public byte @Nullable [] headerBytes() {
    return null;
  }

  @Override
  public byte @Nullable [] footerBytes() {
    return null;
  }
}
