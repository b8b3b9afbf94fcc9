package app.turnout.runner.schedule;

import app.turnout.runner.RunnerException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/// EventBridge's cron: minutes, hours, day of month, month, day of week, year; one of the days is
/// `?`. Source: "Cron expressions", Amazon EventBridge user guide.
record Cron(
    CronField minutes,
    CronField hours,
    CronDays days,
    CronField months,
    CronField years,
    ZoneId zone)
    implements ScheduleExpression {
  private static final int LAST_YEAR = 2199;

  static Cron parse(String text, ZoneId zone) {
    String[] fields = text.strip().split("\\s+", -1);
    if (fields.length != 6) {
      throw new RunnerException("a cron expression has six fields: " + text);
    }
    if (fields[2].equals("?") == fields[4].equals("?")) {
      throw new RunnerException("one of the two days of a cron expression is ?: " + text);
    }
    return new Cron(
        CronField.parse(fields[0], 0, 59, ""),
        CronField.parse(fields[1], 0, 23, ""),
        CronDays.parse(fields[2], fields[4]),
        CronField.parse(fields[3], 1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"),
        CronField.parse(fields[5], 1970, LAST_YEAR, ""),
        zone);
  }

  @Override
  public Optional<Instant> after(Instant previous) {
    ZonedDateTime begin = previous.atZone(zone);
    for (LocalDate date = begin.toLocalDate(); date.getYear() <= LAST_YEAR; date = next(date)) {
      if (matches(date)) {
        Optional<Instant> found = onDate(date, previous);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /// Years and months that do not match are skipped as a whole.
  private LocalDate next(LocalDate date) {
    if (!years.matches(date.getYear())) {
      return LocalDate.of(date.getYear() + 1, 1, 1);
    }
    return months.matches(date.getMonthValue())
        ? date.plusDays(1)
        : date.withDayOfMonth(1).plusMonths(1);
  }

  private boolean matches(LocalDate date) {
    return years.matches(date.getYear())
        && months.matches(date.getMonthValue())
        && days.matches(date);
  }

  private Optional<Instant> onDate(LocalDate date, Instant previous) {
    for (int hour = 0; hour < 24; hour++) {
      for (int minute = 0; hours.matches(hour) && minute < 60; minute++) {
        if (minutes.matches(minute)) {
          // A time that daylight saving skips comes later by the gap.
          Instant instant = date.atTime(LocalTime.of(hour, minute)).atZone(zone).toInstant();
          if (instant.isAfter(previous)) {
            return Optional.of(instant);
          }
        }
      }
    }
    return Optional.empty();
  }
}
