package app.turnout.runner.schedule;

import app.turnout.runner.RunnerException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/// The days of a cron expression, of the month or of the week.
sealed interface CronDays {
  String NAMES = "SUNMONTUEWEDTHUFRISAT";

  boolean matches(LocalDate date);

  static CronDays parse(String ofMonth, String ofWeek) {
    try {
      return ofWeek.equals("?") ? parseOfMonth(ofMonth) : parseOfWeek(ofWeek);
    } catch (NumberFormatException e) {
      throw new RunnerException("not days of a cron expression: " + ofMonth + " " + ofWeek, e);
    }
  }

  private static CronDays parseOfMonth(String text) {
    if (text.equals("L")) {
      return new LastOfMonth();
    }
    return text.endsWith("W")
        ? new NearestWeekday(Integer.parseInt(text.substring(0, text.length() - 1)))
        : new OfMonth(CronField.parse(text, 1, 31, ""));
  }

  private static CronDays parseOfWeek(String text) {
    int hash = text.indexOf('#');
    if (hash > 0) {
      return new NthOfMonth(
          day(text.substring(0, hash)), Integer.parseInt(text.substring(hash + 1)));
    }
    if (text.equals("L")) {
      return new OfWeek(CronField.parse("7", 1, 7, NAMES));
    }
    return text.endsWith("L")
        ? new LastDayOfWeek(day(text.substring(0, text.length() - 1)))
        : new OfWeek(CronField.parse(text, 1, 7, NAMES));
  }

  /// Sunday is 1.
  private static DayOfWeek day(String text) {
    int name = NAMES.indexOf(text.toUpperCase(Locale.ROOT));
    int number = text.length() == 3 && name >= 0 ? name / 3 + 1 : Integer.parseInt(text);
    if (number < 1 || number > 7) {
      throw new NumberFormatException(text);
    }
    return number == 1 ? DayOfWeek.SUNDAY : DayOfWeek.of(number - 1);
  }

  /// Numbers of days.
  record OfMonth(CronField field) implements CronDays {
    @Override
    public boolean matches(LocalDate date) {
      return field.matches(date.getDayOfMonth());
    }
  }

  /// `L`.
  record LastOfMonth() implements CronDays {
    @Override
    public boolean matches(LocalDate date) {
      return date.getDayOfMonth() == date.lengthOfMonth();
    }
  }

  /// `15W`: the weekday nearest to a day, in the same month.
  record NearestWeekday(int day) implements CronDays {
    @Override
    public boolean matches(LocalDate date) {
      if (day > date.lengthOfMonth()) {
        return false;
      }
      LocalDate wished = date.withDayOfMonth(day);
      LocalDate nearest =
          switch (wished.getDayOfWeek()) {
            case SATURDAY -> day == 1 ? wished.plusDays(2) : wished.minusDays(1);
            case SUNDAY -> day == date.lengthOfMonth() ? wished.minusDays(2) : wished.plusDays(1);
            default -> wished;
          };
      return date.equals(nearest);
    }
  }

  /// Days of the week, Sunday being 1.
  record OfWeek(CronField field) implements CronDays {
    @Override
    public boolean matches(LocalDate date) {
      return field.matches(date.getDayOfWeek().getValue() % 7 + 1);
    }
  }

  /// `6#3`: the third Friday.
  record NthOfMonth(DayOfWeek day, int count) implements CronDays {
    @Override
    public boolean matches(LocalDate date) {
      return date.getDayOfWeek() == day && (date.getDayOfMonth() - 1) / 7 + 1 == count;
    }
  }

  /// `6L`: the last Friday.
  record LastDayOfWeek(DayOfWeek day) implements CronDays {
    @Override
    public boolean matches(LocalDate date) {
      return date.equals(date.with(TemporalAdjusters.lastInMonth(day)));
    }
  }
}
