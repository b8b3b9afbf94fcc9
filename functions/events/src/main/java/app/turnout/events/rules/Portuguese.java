package app.turnout.events.rules;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;

final class Portuguese implements Tongue {
  private static final List<String> DAYS =
      List.of(
          "segunda-feira",
          "terça-feira",
          "quarta-feira",
          "quinta-feira",
          "sexta-feira",
          "sábado",
          "domingo");
  private static final List<String> MONTHS =
      List.of(
          "janeiro",
          "fevereiro",
          "março",
          "abril",
          "maio",
          "junho",
          "julho",
          "agosto",
          "setembro",
          "outubro",
          "novembro",
          "dezembro");
  private static final List<String> PLACES =
      List.of("primeir", "segund", "terceir", "quart", "quint");

  @Override
  public String every(Frequency frequency, int n) {
    return switch (frequency) {
      case SECONDLY -> n == 1 ? "a cada segundo" : "a cada " + n + " segundos";
      case MINUTELY -> n == 1 ? "a cada minuto" : "a cada " + n + " minutos";
      case HOURLY -> n == 1 ? "a cada hora" : "a cada " + n + " horas";
      case DAILY -> n == 1 ? "todos os dias" : "a cada " + n + " dias";
      case WEEKLY -> n == 1 ? "todas as semanas" : "a cada " + n + " semanas";
      case MONTHLY -> n == 1 ? "todos os meses" : "a cada " + n + " meses";
      case YEARLY -> n == 1 ? "todos os anos" : "a cada " + n + " anos";
    };
  }

  @Override
  public String weekly(int n, List<DayOfWeek> days) {
    if (n == 1 && days.size() == 1) {
      DayOfWeek day = days.getFirst();
      return (isFeminine(day) ? "todas as " : "todos os ") + plural(day);
    }
    return every(Frequency.WEEKLY, n)
        + ", "
        + join(days.stream().map(day -> (isFeminine(day) ? "às " : "aos ") + plural(day)).toList());
  }

  @Override
  public String workdays(int n) {
    return n == 1
        ? "de segunda a sexta-feira"
        : every(Frequency.WEEKLY, n) + ", de segunda a sexta-feira";
  }

  @Override
  public String monthly(int n, String items) {
    return n == 1 ? items + " de cada mês" : every(Frequency.MONTHLY, n) + ", " + items;
  }

  @Override
  public String yearly(int n, String items) {
    return every(Frequency.YEARLY, n) + ", " + items;
  }

  @Override
  public String monthDay(int day) {
    return day > 0 ? "no dia " + day : place(day, false, "dia");
  }

  @Override
  public String ordinal(OrdinalDay day) {
    return place(day.ordinal(), isFeminine(day.day()), name(day.day()));
  }

  @Override
  public String ordinalOfMonth(OrdinalDay day, int month) {
    return ordinal(day) + " de " + name(month);
  }

  @Override
  public String ordinalOfYear(OrdinalDay day) {
    return ordinal(day) + " do ano";
  }

  @Override
  public String position(int position, Kind kind) {
    return place(
        position,
        false,
        switch (kind) {
          case DAY -> "dia";
          case WORKDAY -> "dia útil";
          case WEEKEND_DAY -> "dia de fim de semana";
        });
  }

  @Override
  public String yearDate(int month, int day) {
    return day > 0
        ? "em " + day + " de " + name(month)
        : place(day, false, "dia") + " de " + name(month);
  }

  @Override
  public String yearDay(int day) {
    return place(day, false, "dia") + " do ano";
  }

  @Override
  public String dayOfWeek(int week, DayOfWeek day) {
    return (isFeminine(day) ? "na " : "no ") + name(day) + " da semana " + week;
  }

  @Override
  public String ifItIs(DayOfWeek day) {
    return "se for " + name(day);
  }

  @Override
  public String inMonths(List<Integer> months) {
    return "em " + join(months.stream().map(this::name).toList());
  }

  @Override
  public String at(String times) {
    return "às " + times;
  }

  @Override
  public String times(int count) {
    return count == 1 ? "1 vez" : count + " vezes";
  }

  @Override
  public String until(LocalDate day) {
    return "até "
        + day.getDayOfMonth()
        + " de "
        + name(day.getMonthValue())
        + " de "
        + day.getYear();
  }

  @Override
  public String more(int dates) {
    return "mais " + dates(dates, "");
  }

  @Override
  public String except(int dates) {
    return "exceto " + dates(dates, "");
  }

  @Override
  public String dates(int dates) {
    return dates(dates, "em ");
  }

  private static String dates(int dates, String before) {
    return before + (dates == 1 ? "1 data" : dates + " datas");
  }

  @Override
  public String byARuleOfItsOwn() {
    return "segundo uma regra própria";
  }

  @Override
  public String and() {
    return "e";
  }

  private static String place(int ordinal, boolean feminine, String noun) {
    String ending = feminine ? "a" : "o";
    String in = feminine ? "na " : "no ";
    if (ordinal > 0 && ordinal <= PLACES.size()) {
      return in + PLACES.get(ordinal - 1) + ending + " " + noun;
    }
    if (ordinal > 0) {
      return in + ordinal + (feminine ? ".ª " : ".º ") + noun;
    }
    return switch (ordinal) {
      case -1 -> in + "últim" + ending + " " + noun;
      case -2 -> in + "penúltim" + ending + " " + noun;
      default -> in + -ordinal + (feminine ? ".ª " : ".º ") + noun + " a contar do fim";
    };
  }

  private static boolean isFeminine(DayOfWeek day) {
    return day.getValue() <= 5;
  }

  private static String plural(DayOfWeek day) {
    String name = DAYS.get(day.getValue() - 1);
    return isFeminine(day) ? name.replace("-feira", "s-feiras") : name + "s";
  }

  private static String name(DayOfWeek day) {
    return DAYS.get(day.getValue() - 1);
  }

  private String name(int month) {
    return MONTHS.get(month - 1);
  }
}
