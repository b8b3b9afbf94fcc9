package app.turnout.events.rules;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Optional;

/// Times as RFC 5545 and ISO 8601 write them.
final class LocalTexts {
  private static final DateTimeFormatter BASIC_DATE =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4)
          .appendValue(ChronoField.MONTH_OF_YEAR, 2)
          .appendValue(ChronoField.DAY_OF_MONTH, 2)
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter BASIC =
      new DateTimeFormatterBuilder()
          .append(BASIC_DATE)
          .appendLiteral('T')
          .appendValue(ChronoField.HOUR_OF_DAY, 2)
          .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
          .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private LocalTexts() {}

  static String basic(LocalDateTime time) {
    return BASIC.format(time);
  }

  static LocalDate basicDate(String text) {
    return LocalDate.parse(text, BASIC_DATE);
  }

  static LocalDateTime basicDateTime(String text) {
    return LocalDateTime.parse(text, BASIC);
  }

  /// `2027-03-01T19:00`, `2027-03-01T19:00:00` or `20270301T190000`; with an offset or `Z`, what
  /// the clocks of the zone show then.
  static Optional<LocalDateTime> dateTime(String text, ZoneId zone) {
    if (text.length() > 40) {
      return Optional.empty();
    }
    try {
      if (text.matches("[0-9]{8}T[0-9]{6}")) {
        return Optional.of(basicDateTime(text));
      }
      if (text.matches("[0-9]{8}T[0-9]{6}Z")) {
        return Optional.of(
            basicDateTime(text.substring(0, 15))
                .atOffset(ZoneOffset.UTC)
                .atZoneSameInstant(zone)
                .toLocalDateTime());
      }
      if (text.matches("[0-9]{4}-.*(Z|[+-][0-9]{2}:[0-9]{2})")) {
        return Optional.of(
            OffsetDateTime.parse(text).atZoneSameInstant(zone).toLocalDateTime().withNano(0));
      }
      if (text.matches("[0-9]{4}-.*")) {
        return Optional.of(LocalDateTime.parse(text).withNano(0));
      }
      return Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
