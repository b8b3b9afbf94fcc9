package app.turnout.events.rules;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What one RRULE says (RFC 5545 §3.3.10). Lists are in order and without doubles; an empty one is
/// a part that was not given.
record Rule(
    Frequency frequency,
    int interval,
    @Nullable Integer count,
    @Nullable Until until,
    DayOfWeek weekStart,
    List<Integer> months,
    List<Integer> weeks,
    List<Integer> yearDays,
    List<Integer> monthDays,
    List<OrdinalDay> days,
    List<Integer> hours,
    List<Integer> minutes,
    List<Integer> seconds,
    List<Integer> positions) {
  Rule {
    months = List.copyOf(months);
    weeks = List.copyOf(weeks);
    yearDays = List.copyOf(yearDays);
    monthDays = List.copyOf(monthDays);
    days = List.copyOf(days);
    hours = List.copyOf(hours);
    minutes = List.copyOf(minutes);
    seconds = List.copyOf(seconds);
    positions = List.copyOf(positions);
  }

  Rule ending(@Nullable Integer newCount, @Nullable Until newUntil) {
    return new Rule(
        frequency, interval, newCount, newUntil, weekStart, months, weeks, yearDays, monthDays,
        days, hours, minutes, seconds, positions);
  }

  Rule on(List<OrdinalDay> newDays) {
    return new Rule(
        frequency, interval, count, until, weekStart, months, weeks, yearDays, monthDays, newDays,
        hours, minutes, seconds, positions);
  }

  /// The rule in its one form: parts in the RFC's order, values sorted, defaults left out.
  String text() {
    return text(until == null ? null : until.text());
  }

  String text(@Nullable String untilText) {
    List<String> parts = new ArrayList<>();
    parts.add("FREQ=" + frequency.name());
    if (untilText != null) {
      parts.add("UNTIL=" + untilText);
    }
    if (count != null) {
      parts.add("COUNT=" + count);
    }
    if (interval != 1) {
      parts.add("INTERVAL=" + interval);
    }
    add(parts, "BYSECOND", seconds);
    add(parts, "BYMINUTE", minutes);
    add(parts, "BYHOUR", hours);
    add(parts, "BYDAY", days.stream().map(OrdinalDay::text).toList());
    add(parts, "BYMONTHDAY", monthDays);
    add(parts, "BYYEARDAY", yearDays);
    add(parts, "BYWEEKNO", weeks);
    add(parts, "BYMONTH", months);
    add(parts, "BYSETPOS", positions);
    if (weekStart != DayOfWeek.MONDAY) {
      parts.add("WKST=" + weekStart.name().substring(0, 2));
    }
    return String.join(";", parts);
  }

  private static void add(List<String> parts, String name, List<?> values) {
    if (!values.isEmpty()) {
      parts.add(
          name + "=" + values.stream().map(Object::toString).collect(Collectors.joining(",")));
    }
  }
}
