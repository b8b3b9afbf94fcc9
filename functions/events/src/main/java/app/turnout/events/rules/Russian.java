package app.turnout.events.rules;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;

final class Russian implements Tongue {
  private enum Gender {
    MASCULINE,
    FEMININE,
    NEUTER
  }

  /// In the accusative.
  private static final List<String> DAYS =
      List.of("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье");

  private static final List<String> NOMINATIVE_DAYS =
      List.of("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье");

  /// In the dative plural.
  private static final List<String> ON_DAYS =
      List.of(
          "понедельникам",
          "вторникам",
          "средам",
          "четвергам",
          "пятницам",
          "субботам",
          "воскресеньям");

  /// In the genitive.
  private static final List<String> MONTHS =
      List.of(
          "января",
          "февраля",
          "марта",
          "апреля",
          "мая",
          "июня",
          "июля",
          "августа",
          "сентября",
          "октября",
          "ноября",
          "декабря");

  /// In the prepositional.
  private static final List<String> IN_MONTHS =
      List.of(
          "январе",
          "феврале",
          "марте",
          "апреле",
          "мае",
          "июне",
          "июле",
          "августе",
          "сентябре",
          "октябре",
          "ноябре",
          "декабре");

  private static final List<List<String>> PLACES =
      List.of(
          List.of("в первый", "в первую", "в первое"),
          List.of("во второй", "во вторую", "во второе"),
          List.of("в третий", "в третью", "в третье"),
          List.of("в четвёртый", "в четвёртую", "в четвёртое"),
          List.of("в пятый", "в пятую", "в пятое"));

  @Override
  public String every(Frequency frequency, int n) {
    return switch (frequency) {
      case SECONDLY -> every(n, Gender.FEMININE, "секунду", "секунды", "секунд");
      case MINUTELY -> every(n, Gender.FEMININE, "минуту", "минуты", "минут");
      case HOURLY -> every(n, Gender.MASCULINE, "час", "часа", "часов");
      case DAILY -> every(n, Gender.MASCULINE, "день", "дня", "дней");
      case WEEKLY -> every(n, Gender.FEMININE, "неделю", "недели", "недель");
      case MONTHLY -> every(n, Gender.MASCULINE, "месяц", "месяца", "месяцев");
      case YEARLY -> every(n, Gender.MASCULINE, "год", "года", "лет");
    };
  }

  private static String every(int n, Gender gender, String one, String few, String many) {
    String unit = plural(n, one, few, many);
    if (n == 1) {
      return each(gender) + " " + unit;
    }
    return (unit.equals(one) ? each(gender) : "каждые") + " " + n + " " + unit;
  }

  private static String each(Gender gender) {
    return switch (gender) {
      case MASCULINE -> "каждый";
      case FEMININE -> "каждую";
      case NEUTER -> "каждое";
    };
  }

  private static String plural(int n, String one, String few, String many) {
    if (n % 10 == 1 && n % 100 != 11) {
      return one;
    }
    return n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? few : many;
  }

  @Override
  public String weekly(int n, List<DayOfWeek> days) {
    if (n == 1 && days.size() == 1) {
      DayOfWeek day = days.getFirst();
      return each(gender(day)) + " " + DAYS.get(day.getValue() - 1);
    }
    return every(Frequency.WEEKLY, n)
        + " по "
        + join(days.stream().map(day -> ON_DAYS.get(day.getValue() - 1)).toList());
  }

  @Override
  public String workdays(int n) {
    return n == 1
        ? "каждый день с понедельника по пятницу"
        : every(Frequency.WEEKLY, n) + " с понедельника по пятницу";
  }

  @Override
  public String monthly(int n, String items) {
    return n == 1 ? items + " каждого месяца" : every(Frequency.MONTHLY, n) + " " + items;
  }

  @Override
  public String yearly(int n, String items) {
    return every(Frequency.YEARLY, n) + " " + items;
  }

  @Override
  public String monthDay(int day) {
    return day > 0 ? day + "-го числа" : place(day, Gender.MASCULINE, "день");
  }

  @Override
  public String ordinal(OrdinalDay day) {
    return place(day.ordinal(), gender(day.day()), DAYS.get(day.day().getValue() - 1));
  }

  @Override
  public String ordinalOfMonth(OrdinalDay day, int month) {
    return ordinal(day) + " " + MONTHS.get(month - 1);
  }

  @Override
  public String ordinalOfYear(OrdinalDay day) {
    return ordinal(day) + " года";
  }

  @Override
  public String position(int position, Kind kind) {
    return place(
        position,
        Gender.MASCULINE,
        switch (kind) {
          case DAY -> "день";
          case WORKDAY -> "рабочий день";
          case WEEKEND_DAY -> "выходной день";
        });
  }

  @Override
  public String yearDate(int month, int day) {
    return (day > 0 ? Integer.toString(day) : place(day, Gender.MASCULINE, "день"))
        + " "
        + MONTHS.get(month - 1);
  }

  @Override
  public String yearDay(int day) {
    return place(day, Gender.MASCULINE, "день") + " года";
  }

  @Override
  public String dayOfWeek(int week, DayOfWeek day) {
    return (day == DayOfWeek.TUESDAY ? "во " : "в ")
        + DAYS.get(day.getValue() - 1)
        + " "
        + week
        + "-й недели";
  }

  @Override
  public String ifItIs(DayOfWeek day) {
    return "если это " + NOMINATIVE_DAYS.get(day.getValue() - 1);
  }

  @Override
  public String inMonths(List<Integer> months) {
    return "в " + join(months.stream().map(month -> IN_MONTHS.get(month - 1)).toList());
  }

  @Override
  public String at(String times) {
    return "в " + times;
  }

  @Override
  public String times(int count) {
    return count + " " + plural(count, "раз", "раза", "раз");
  }

  @Override
  public String until(LocalDate day) {
    return "до "
        + day.getDayOfMonth()
        + " "
        + MONTHS.get(day.getMonthValue() - 1)
        + " "
        + day.getYear()
        + " года";
  }

  @Override
  public String more(int dates) {
    return "и ещё " + dates + " " + plural(dates, "дата", "даты", "дат");
  }

  @Override
  public String except(int dates) {
    return "кроме " + dates + " " + plural(dates, "даты", "дат", "дат");
  }

  @Override
  public String dates(int dates) {
    return dates + " " + plural(dates, "дата", "даты", "дат");
  }

  @Override
  public String byARuleOfItsOwn() {
    return "по особому правилу";
  }

  @Override
  public String and() {
    return "и";
  }

  private static String place(int ordinal, Gender gender, String noun) {
    int form =
        switch (gender) {
          case MASCULINE -> 0;
          case FEMININE -> 1;
          case NEUTER -> 2;
        };
    if (ordinal > 0 && ordinal <= PLACES.size()) {
      return PLACES.get(ordinal - 1).get(form) + " " + noun;
    }
    String ending = List.of("-й", "-ю", "-е").get(form);
    return switch (ordinal) {
      case -1 -> "в " + List.of("последний", "последнюю", "последнее").get(form) + " " + noun;
      case -2 ->
          "в " + List.of("предпоследний", "предпоследнюю", "предпоследнее").get(form) + " " + noun;
      default ->
          ordinal > 0
              ? "в " + ordinal + ending + " " + noun
              : "в " + -ordinal + ending + " с конца " + noun;
    };
  }

  private static Gender gender(DayOfWeek day) {
    return switch (day) {
      case MONDAY, TUESDAY, THURSDAY -> Gender.MASCULINE;
      case WEDNESDAY, FRIDAY, SATURDAY -> Gender.FEMININE;
      case SUNDAY -> Gender.NEUTER;
    };
  }
}
