package app.turnout.events.rules;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

final class English implements Tongue {
  @Override
  public String every(Frequency frequency, int n) {
    String unit =
        switch (frequency) {
          case SECONDLY -> "second";
          case MINUTELY -> "minute";
          case HOURLY -> "hour";
          case DAILY -> "day";
          case WEEKLY -> "week";
          case MONTHLY -> "month";
          case YEARLY -> "year";
        };
    return n == 1 ? "every " + unit : "every " + n + " " + unit + "s";
  }

  @Override
  public String weekly(int n, List<DayOfWeek> days) {
    if (days.size() == 1) {
      return "every " + (n == 1 ? "" : nth(n) + " ") + name(days.getFirst());
    }
    return every(Frequency.WEEKLY, n) + " on " + join(days.stream().map(this::name).toList());
  }

  @Override
  public String workdays(int n) {
    return n == 1
        ? "every weekday (Monday to Friday)"
        : every(Frequency.WEEKLY, n) + ", Monday to Friday";
  }

  @Override
  public String monthly(int n, String items) {
    return n == 1 ? items + " of every month" : every(Frequency.MONTHLY, n) + " on " + items;
  }

  @Override
  public String yearly(int n, String items) {
    return every(Frequency.YEARLY, n) + " on " + items;
  }

  @Override
  public String monthDay(int day) {
    return day > 0 ? "the " + nth(day) : place(day) + " day";
  }

  @Override
  public String ordinal(OrdinalDay day) {
    return place(day.ordinal()) + " " + name(day.day());
  }

  @Override
  public String ordinalOfMonth(OrdinalDay day, int month) {
    return ordinal(day) + " of " + name(month);
  }

  @Override
  public String ordinalOfYear(OrdinalDay day) {
    return ordinal(day) + " of the year";
  }

  @Override
  public String position(int position, Kind kind) {
    return place(position)
        + switch (kind) {
          case DAY -> " day";
          case WORKDAY -> " weekday";
          case WEEKEND_DAY -> " weekend day";
        };
  }

  @Override
  public String yearDate(int month, int day) {
    return day > 0 ? day + " " + name(month) : place(day) + " day of " + name(month);
  }

  @Override
  public String yearDay(int day) {
    return place(day) + " day of the year";
  }

  @Override
  public String dayOfWeek(int week, DayOfWeek day) {
    return name(day) + " of week " + week;
  }

  @Override
  public String ifItIs(DayOfWeek day) {
    return "if it is a " + name(day);
  }

  @Override
  public String inMonths(List<Integer> months) {
    return "in " + join(months.stream().map(this::name).toList());
  }

  @Override
  public String at(String times) {
    return "at " + times;
  }

  @Override
  public String times(int count) {
    return count == 1 ? "once" : count == 2 ? "twice" : count + " times";
  }

  @Override
  public String until(LocalDate day) {
    return "until " + yearDate(day.getMonthValue(), day.getDayOfMonth()) + " " + day.getYear();
  }

  @Override
  public String more(int dates) {
    return "plus " + dates + " more " + noun(dates);
  }

  @Override
  public String except(int dates) {
    return "except " + dates + " " + noun(dates);
  }

  @Override
  public String dates(int dates) {
    return "on " + dates + " " + noun(dates);
  }

  @Override
  public String byARuleOfItsOwn() {
    return "by a rule of its own";
  }

  @Override
  public String and() {
    return "and";
  }

  private static String noun(int dates) {
    return dates == 1 ? "date" : "dates";
  }

  private static String place(int ordinal) {
    if (ordinal == -1) {
      return "the last";
    }
    return ordinal > 0 ? "the " + nth(ordinal) : "the " + nth(-ordinal) + " to last";
  }

  private static String nth(int n) {
    String ending =
        n / 10 % 10 == 1
            ? "th"
            : switch (n % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return n + ending;
  }

  private String name(DayOfWeek day) {
    return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private String name(int month) {
    return Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }
}
