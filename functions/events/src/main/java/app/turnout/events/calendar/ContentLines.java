package app.turnout.events.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Lines of iCalendar (RFC 5545 §3.1): at most 75 octets, folded between characters, ended by CRLF.
final class ContentLines {
  private static final int MOST_OCTETS = 75;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

  private final StringBuilder lines = new StringBuilder();

  /// A line as it is; `value` must be free of line breaks.
  ContentLines add(String name, String value) {
    String line = name + ":" + value;
    int octets = 0;
    for (int i = 0; i < line.length(); ) {
      int character = line.codePointAt(i);
      int size = octets(character);
      if (octets + size > MOST_OCTETS) {
        lines.append("\r\n ");
        octets = 1;
      }
      lines.appendCodePoint(character);
      octets += size;
      i += Character.charCount(character);
    }
    lines.append("\r\n");
    return this;
  }

  private static int octets(int character) {
    if (character < 0x80) {
      return 1;
    }
    if (character < 0x800) {
      return 2;
    }
    return character < 0x10000 ? 3 : 4;
  }

  /// A line of text that people wrote; none when it is blank. Characters that a calendar may not
  /// have are left out.
  ContentLines text(String name, String text) {
    return text.isBlank() ? this : add(name, escaped(text));
  }

  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .codePoints()
        .forEach(
            character -> {
              switch (character) {
                case '\\' -> escaped.append("\\\\");
                case ';' -> escaped.append("\\;");
                case ',' -> escaped.append("\\,");
                case '\n' -> escaped.append("\\n");
                default -> {
                  boolean isAllowed =
                      character == '\t'
                          || (character >= ' '
                              && character != 0x7f
                              && (character < 0xd800 || character > 0xdfff));
                  if (isAllowed) {
                    escaped.appendCodePoint(character);
                  }
                }
              }
            });
    return escaped.toString();
  }

  ContentLines utc(String name, Instant time) {
    return add(name, TIME.format(time.atOffset(ZoneOffset.UTC)) + "Z");
  }

  ContentLines local(String name, LocalDateTime time, ZoneId zone) {
    return local(name, List.of(time), zone);
  }

  ContentLines local(String name, List<LocalDateTime> times, ZoneId zone) {
    return times.isEmpty()
        ? this
        : add(
            name + ";TZID=" + zone.getId(),
            times.stream().map(ContentLines::local).collect(Collectors.joining(",")));
  }

  static String local(LocalDateTime time) {
    return TIME.format(time);
  }

  int length() {
    return lines.length();
  }

  ContentLines append(ContentLines others) {
    lines.append(others.lines);
    return this;
  }

  @Override
  public String toString() {
    return lines.toString();
  }
}
