package app.turnout.events.rules;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;

/// What a recurrence is said with, in one language. Numbers below zero count from the end.
sealed interface Tongue permits English, Portuguese, Indonesian, Russian {
  /// Which days BYSETPOS chooses from.
  enum Kind {
    DAY,
    WORKDAY,
    WEEKEND_DAY
  }

  /// every day, every 3 weeks
  String every(Frequency frequency, int n);

  /// every Tuesday, every week on Monday and Wednesday
  String weekly(int n, List<DayOfWeek> days);

  /// Monday to Friday.
  String workdays(int n);

  /// the last Friday of every month
  String monthly(int n, String items);

  /// every year on 29 February
  String yearly(int n, String items);

  /// the 15th, the last day
  String monthDay(int day);

  /// the last Friday
  String ordinal(OrdinalDay day);

  /// the last Friday of March
  String ordinalOfMonth(OrdinalDay day, int month);

  /// the 20th Monday of the year
  String ordinalOfYear(OrdinalDay day);

  /// the last weekday
  String position(int position, Kind kind);

  /// 29 February
  String yearDate(int month, int day);

  /// the 100th day of the year
  String yearDay(int day);

  /// Monday of week 20
  String dayOfWeek(int week, DayOfWeek day);

  /// if it is a Friday
  String ifItIs(DayOfWeek day);

  /// in June and July
  String inMonths(List<Integer> months);

  /// at 09:00 and 17:00
  String at(String times);

  /// 10 times
  String times(int count);

  /// until 31 March 2027
  String until(LocalDate day);

  /// plus 2 more dates
  String more(int dates);

  /// except 1 date
  String except(int dates);

  /// on 3 dates
  String dates(int dates);

  /// by a rule of its own
  String byARuleOfItsOwn();

  /// and
  String and();

  /// a, b and c
  default String join(List<String> items) {
    return items.size() < 2
        ? String.join("", items)
        : String.join(", ", items.subList(0, items.size() - 1))
            + " "
            + and()
            + " "
            + items.getLast();
  }
}
