package app.turnout.platform.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesProvider;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Values written as text, in the one form that each has. Every method throws
/// [IllegalArgumentException] whose message completes "this field …".
public final class Texts {
  private static final int LONGEST_ECHO = 100;
  private static final int NANO_DIGITS = 9;

  private static final Pattern UUID_FORM =
      Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
  // RFC 3339, section 5.6.
  private static final Pattern DATE_TIME_FORM =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.([0-9]+))?"
              + "([Zz]|[+-][0-9]{2}:[0-9]{2})");
  private static final Pattern DATE_FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern TIME_FORM = Pattern.compile("[0-9]{2}:[0-9]{2}(?::[0-9]{2})?");

  private Texts() {}

  /// A UUID in its canonical form.
  public static UUID uuid(String text) {
    require(UUID_FORM.matcher(text).matches(), "must be a UUID");
    return UUID.fromString(text);
  }

  /// A moment with its offset, RFC 3339, of the years 1 to 9999 in UTC; digits past the nanoseconds
  /// are dropped.
  public static OffsetDateTime offsetDateTime(String text) {
    Matcher form = DATE_TIME_FORM.matcher(text);
    require(form.matches(), "must be a time with its offset (RFC 3339)");
    try {
      OffsetDateTime time =
          OffsetDateTime.of(
              number(text, 0, 4),
              number(text, 5, 7),
              number(text, 8, 10),
              number(text, 11, 13),
              number(text, 14, 16),
              number(text, 17, 19),
              nanos(form.group(1)),
              ZoneOffset.of(form.group(2).toUpperCase(Locale.ROOT)));
      requireYear(time.toInstant().atOffset(ZoneOffset.UTC).getYear());
      return time;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a time that exists", e);
    }
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  private static int nanos(@Nullable String fraction) {
    if (fraction == null) {
      return 0;
    }
    int digits = Math.min(fraction.length(), NANO_DIGITS);
    int nanos = number(fraction, 0, digits);
    for (int i = digits; i < NANO_DIGITS; i++) {
      nanos *= 10;
    }
    return nanos;
  }

  /// As [#offsetDateTime], without the offset.
  public static Instant instant(String text) {
    return offsetDateTime(text).toInstant();
  }

  /// A date of the years 1 to 9999.
  public static LocalDate date(String text) {
    require(DATE_FORM.matcher(text).matches(), "must be a date (YYYY-MM-DD)");
    try {
      LocalDate date = LocalDate.parse(text);
      requireYear(date.getYear());
      return date;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a date that exists", e);
    }
  }

  /// A time of day.
  public static LocalTime time(String text) {
    require(TIME_FORM.matcher(text).matches(), "must be a time of day (HH:MM or HH:MM:SS)");
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a time of day that exists", e);
    }
  }

  /// A zone by its IANA name.
  public static ZoneId zone(String text) {
    require(
        ZoneRulesProvider.getAvailableZoneIds().contains(text),
        "must be an IANA time zone, as Europe/Lisbon");
    return ZoneId.of(text);
  }

  /// An enum's constant by its wire name.
  public static <E extends Enum<E>> E constant(Class<E> type, String text) {
    E[] constants = type.getEnumConstants();
    return Arrays.stream(constants)
        .filter(constant -> WireName.of(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of "
                        + Arrays.stream(constants)
                            .map(WireName::of)
                            .collect(Collectors.joining(", "))));
  }

  /// Whether it can be kept and sent: no U+0000 (PostgreSQL has no place for it), no half of a
  /// surrogate pair.
  public static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /// Somebody else's text, fit to be shown back to them: short, and of visible characters.
  public static String printable(String text) {
    String safe =
        text.codePoints()
            .limit(LONGEST_ECHO)
            .map(
                c ->
                    Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE
                        ? '?'
                        : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return safe.length() < text.length() ? safe + "…" : safe;
  }

  private static void requireYear(int year) {
    require(year >= 1 && year <= 9999, "must be of the years 1 to 9999");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
