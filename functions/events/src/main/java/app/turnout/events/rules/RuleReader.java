package app.turnout.events.rules;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads the text of an RRULE, and refuses what RFC 5545 §3.3.10 does not allow.
final class RuleReader {
  /// All days of a year, listed, fit in.
  static final int MAX_LENGTH = 2_000;

  private static final List<String> PARTS =
      List.of(
          "FREQ",
          "UNTIL",
          "COUNT",
          "INTERVAL",
          "BYSECOND",
          "BYMINUTE",
          "BYHOUR",
          "BYDAY",
          "BYMONTHDAY",
          "BYYEARDAY",
          "BYWEEKNO",
          "BYMONTH",
          "BYSETPOS",
          "WKST");

  private RuleReader() {}

  /// What is wrong with a rule.
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    private final String rule;

    Refusal(String rule, String message) {
      super(message, null, false, false);
      this.rule = rule;
    }

    String rule() {
      return rule;
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  static Rule read(String text, LocalDateTime start, ZoneId zone) throws Refusal {
    if (text.length() > MAX_LENGTH) {
      throw new Refusal("max_length", "must be at most " + MAX_LENGTH + " characters long");
    }
    if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new Refusal("characters", "must be printable ASCII without spaces, on one line");
    }
    Map<String, String> parts = parts(text.toUpperCase(Locale.ROOT));
    Frequency frequency = frequency(parts.get("FREQ"));
    if (parts.containsKey("COUNT") && parts.containsKey("UNTIL")) {
      throw new Refusal("count_or_until", "must not have both COUNT and UNTIL");
    }
    int interval = interval(parts.get("INTERVAL"), frequency);
    Rule rule =
        new Rule(
            frequency,
            interval,
            count(parts.get("COUNT")),
            until(parts.get("UNTIL"), start, zone),
            weekStart(parts.get("WKST")),
            numbers(parts, "BYMONTH", 1, 12, false),
            numbers(parts, "BYWEEKNO", 1, 53, true),
            numbers(parts, "BYYEARDAY", 1, 366, true),
            numbers(parts, "BYMONTHDAY", 1, 31, true),
            days(parts.get("BYDAY")),
            numbers(parts, "BYHOUR", 0, 23, false),
            numbers(parts, "BYMINUTE", 0, 59, false),
            leapSecondless(numbers(parts, "BYSECOND", 0, 60, false)),
            numbers(parts, "BYSETPOS", 1, 366, true));
    mustFitTogether(rule, parts);
    return rule;
  }

  private static Map<String, String> parts(String upper) throws Refusal {
    String text = upper.startsWith("RRULE:") ? upper.substring("RRULE:".length()) : upper;
    if (text.isEmpty()) {
      throw new Refusal("syntax", "must name a FREQ, such as FREQ=WEEKLY");
    }
    Map<String, String> parts = new HashMap<>();
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1 || equals == part.length() - 1) {
        throw new Refusal("syntax", "must be parts as NAME=VALUE, with a semicolon between them");
      }
      String name = part.substring(0, equals);
      if (name.equals("RSCALE") || name.equals("SKIP")) {
        throw new Refusal(
            "unsupported_part", name + " of RFC 7529 is not supported: calendars are Gregorian");
      }
      if (!PARTS.contains(name)) {
        throw new Refusal("unknown_part", "has a part that RFC 5545 does not know");
      }
      if (parts.put(name, part.substring(equals + 1)) != null) {
        throw new Refusal("duplicate_part", "must have " + name + " once");
      }
    }
    return parts;
  }

  private static Frequency frequency(@Nullable String text) throws Refusal {
    if (text == null) {
      throw new Refusal("syntax", "must name a FREQ, such as FREQ=WEEKLY");
    }
    for (Frequency frequency : Frequency.values()) {
      if (frequency.name().equals(text)) {
        return frequency;
      }
    }
    throw new Refusal(
        "frequency", "FREQ must be SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY");
  }

  private static int interval(@Nullable String text, Frequency frequency) throws Refusal {
    if (text == null) {
      return 1;
    }
    int interval = number("INTERVAL", text, 1, Integer.MAX_VALUE, false);
    if (interval * frequency.seconds() > RecurrenceSet.LONGEST_INTERVAL.toSeconds()) {
      throw new Refusal("interval", "INTERVAL must be at most a hundred years");
    }
    return interval;
  }

  private static @Nullable Integer count(@Nullable String text) throws Refusal {
    return text == null ? null : number("COUNT", text, 1, RecurrenceSet.MOST_DATES, false);
  }

  private static @Nullable Until until(@Nullable String text, LocalDateTime start, ZoneId zone)
      throws Refusal {
    if (text == null) {
      return null;
    }
    Until until;
    try {
      if (text.matches("[0-9]{8}")) {
        until = Until.of(LocalTexts.basicDate(text));
      } else if (text.matches("[0-9]{8}T[0-9]{6}")) {
        until = Until.of(LocalTexts.basicDateTime(text));
      } else if (text.matches("[0-9]{8}T[0-9]{6}Z")) {
        until =
            Until.of(
                LocalTexts.basicDateTime(text.substring(0, 15)).toInstant(ZoneOffset.UTC), zone);
      } else {
        throw new DateTimeException("form");
      }
    } catch (DateTimeException e) {
      throw new Refusal(
          "until", "UNTIL must be a date such as 20270331, or a time such as 20270331T190000Z");
    }
    if (!until.latest().isBefore(RecurrenceSet.HORIZON)) {
      throw new Refusal("until", "UNTIL must be before the year 2200; leave it out for no end");
    }
    if (!until.allows(start, zone)) {
      throw new Refusal("until", "UNTIL must not be before the start");
    }
    return until;
  }

  private static DayOfWeek weekStart(@Nullable String text) throws Refusal {
    return text == null ? DayOfWeek.MONDAY : day("WKST", text);
  }

  private static DayOfWeek day(String part, String text) throws Refusal {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().substring(0, 2).equals(text)) {
        return day;
      }
    }
    throw new Refusal("weekday", part + " must have MO, TU, WE, TH, FR, SA or SU");
  }

  private static List<OrdinalDay> days(@Nullable String text) throws Refusal {
    if (text == null) {
      return List.of();
    }
    TreeSet<OrdinalDay> days =
        new TreeSet<>(Comparator.comparingInt(OrdinalDay::ordinal).thenComparing(OrdinalDay::day));
    for (String value : text.split(",", -1)) {
      if (value.length() < 2) {
        throw new Refusal("weekday", "BYDAY must have values such as MO, 2TU or -1FR");
      }
      String ordinal = value.substring(0, value.length() - 2);
      days.add(
          new OrdinalDay(
              ordinal.isEmpty() ? 0 : number("BYDAY", ordinal, 1, 53, true),
              day("BYDAY", value.substring(value.length() - 2))));
    }
    return List.copyOf(days);
  }

  private static List<Integer> numbers(
      Map<String, String> parts, String part, int least, int most, boolean negative)
      throws Refusal {
    String text = parts.get(part);
    if (text == null) {
      return List.of();
    }
    TreeSet<Integer> numbers = new TreeSet<>();
    for (String value : text.split(",", -1)) {
      numbers.add(number(part, value, least, most, negative));
    }
    return new ArrayList<>(numbers);
  }

  private static int number(String part, String text, int least, int most, boolean negative)
      throws Refusal {
    boolean below = text.startsWith("-");
    String digits = below || text.startsWith("+") ? text.substring(1) : text;
    if (digits.matches("[0-9]{1,9}") && (negative || digits.length() == text.length())) {
      int number = Integer.parseInt(digits);
      if (number >= least && number <= most) {
        return below ? -number : number;
      }
    }
    throw new Refusal(
        "range",
        part
            + " must be "
            + least
            + " to "
            + most
            + (negative ? " or -" + most + " to -" + least : ""));
  }

  /// A day has no sixtieth second here: RFC 5545 lets who knows no leap seconds take the
  /// fifty-ninth.
  private static List<Integer> leapSecondless(List<Integer> seconds) {
    TreeSet<Integer> kept = new TreeSet<>();
    seconds.forEach(second -> kept.add(Math.min(second, 59)));
    return new ArrayList<>(kept);
  }

  private static void mustFitTogether(Rule rule, Map<String, String> parts) throws Refusal {
    Frequency frequency = rule.frequency();
    boolean ordinal = rule.days().stream().anyMatch(day -> day.ordinal() != 0);
    if (ordinal && frequency.isShorterThan(Frequency.MONTHLY)) {
      throw new Refusal(
          "combination", "BYDAY must have no numbers unless FREQ is MONTHLY or YEARLY");
    }
    if (ordinal && !rule.weeks().isEmpty()) {
      throw new Refusal("combination", "BYDAY must have no numbers beside BYWEEKNO");
    }
    if (!rule.monthDays().isEmpty() && frequency == Frequency.WEEKLY) {
      throw new Refusal("combination", "BYMONTHDAY must not be used when FREQ is WEEKLY");
    }
    if (!rule.yearDays().isEmpty()
        && (frequency == Frequency.DAILY
            || frequency == Frequency.WEEKLY
            || frequency == Frequency.MONTHLY)) {
      throw new Refusal(
          "combination", "BYYEARDAY must not be used when FREQ is DAILY, WEEKLY or MONTHLY");
    }
    if (!rule.weeks().isEmpty() && frequency != Frequency.YEARLY) {
      throw new Refusal("combination", "BYWEEKNO must not be used unless FREQ is YEARLY");
    }
    if (Math.max(1, rule.hours().size())
            * Math.max(1, rule.minutes().size())
            * Math.max(1, rule.seconds().size())
        > RecurrenceSet.MOST_TIMES_A_DAY) {
      throw new Refusal(
          "too_many", "must have at most " + RecurrenceSet.MOST_TIMES_A_DAY + " times of day");
    }
    if (!rule.positions().isEmpty()
        && parts.keySet().stream()
            .noneMatch(name -> name.startsWith("BY") && !name.equals("BYSETPOS"))) {
      throw new Refusal("combination", "BYSETPOS must be used beside another BY part");
    }
  }
}
