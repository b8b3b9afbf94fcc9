package app.turnout.events.rules;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Says a recurrence as people would: "the last Friday of every month, 10 times". What is too rare
/// to have words of its own is called a rule of its own, rather than told wrongly.
public final class RecurrenceWords {
  /// More items than that are no sentence.
  private static final int MOST_ITEMS = 8;

  private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
  private static final Set<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

  private final Tongue tongue;
  private final RecurrenceSet set;

  private RecurrenceWords(Tongue tongue, RecurrenceSet set) {
    this.tongue = tongue;
    this.set = set;
  }

  /// Says it.
  ///
  /// @param language `en`, `pt`, `id` or `ru`, also as `pt-BR`; any other is said in English
  public static String of(RecurrenceSet set, String language) {
    Tongue tongue =
        switch (language.toLowerCase(Locale.ROOT).split("[-_]", 2)[0]) {
          case "pt" -> new Portuguese();
          case "id" -> new Indonesian();
          case "ru" -> new Russian();
          default -> new English();
        };
    return new RecurrenceWords(tongue, set).say();
  }

  private String say() {
    Optional<Rule> rule = set.rule();
    if (rule.isEmpty()) {
      return tongue.dates(set.count().orElse(0));
    }
    StringBuilder words = new StringBuilder(said(rule.get()));
    Integer count = rule.get().count();
    if (count != null) {
      words.append(", ").append(tongue.times(count));
    }
    Until until = rule.get().until();
    if (until != null) {
      words.append(", ").append(tongue.until(until.latest().toLocalDate()));
    }
    int added = set.addedDates();
    if (added > 0) {
      words.append(", ").append(tongue.more(added));
    }
    int leftOut = set.exdates().size() - set.idleExdates().size();
    if (leftOut > 0) {
      words.append(", ").append(tongue.except(leftOut));
    }
    return words.toString();
  }

  private String said(Rule rule) {
    int n = rule.interval();
    Optional<String> base = times(rule).flatMap(times -> base(rule).map(said -> said + times));
    return base.orElseGet(
        () -> tongue.every(rule.frequency(), n) + ", " + tongue.byARuleOfItsOwn());
  }

  /// Times of day where the rule says them, else nothing. Empty when they are too many.
  private Optional<String> times(Rule rule) {
    if (rule.hours().isEmpty() && rule.minutes().isEmpty() && rule.seconds().isEmpty()) {
      return Optional.of("");
    }
    if (rule.frequency().isShorterThan(Frequency.DAILY) || !rule.positions().isEmpty()) {
      return Optional.empty();
    }
    LocalTime start = set.start().toLocalTime();
    List<String> times = new ArrayList<>();
    for (int hour : orElse(rule.hours(), start.getHour())) {
      for (int minute : orElse(rule.minutes(), start.getMinute())) {
        for (int second : orElse(rule.seconds(), start.getSecond())) {
          times.add(LocalTime.of(hour, minute, second).toString());
        }
      }
    }
    return times.size() > MOST_ITEMS
        ? Optional.empty()
        : Optional.of(", " + tongue.at(tongue.join(times)));
  }

  private static List<Integer> orElse(List<Integer> values, int other) {
    return values.isEmpty() ? List.of(other) : values;
  }

  private Optional<String> base(Rule rule) {
    return switch (rule.frequency()) {
      case SECONDLY, MINUTELY, HOURLY -> often(rule);
      case DAILY -> daily(rule);
      case WEEKLY -> rule.positions().isEmpty() ? Optional.of(weekly(rule)) : Optional.empty();
      case MONTHLY -> monthly(rule);
      case YEARLY -> yearly(rule);
    };
  }

  private Optional<String> often(Rule rule) {
    boolean plain =
        rule.months().isEmpty()
            && rule.days().isEmpty()
            && rule.monthDays().isEmpty()
            && rule.yearDays().isEmpty()
            && rule.positions().isEmpty();
    return plain ? Optional.of(tongue.every(rule.frequency(), rule.interval())) : Optional.empty();
  }

  private Optional<String> daily(Rule rule) {
    if (!rule.positions().isEmpty() || (!rule.days().isEmpty() && !rule.monthDays().isEmpty())) {
      return Optional.empty();
    }
    if (rule.days().isEmpty() && rule.monthDays().isEmpty()) {
      return Optional.of(tongue.every(Frequency.DAILY, rule.interval()) + inMonths(rule));
    }
    if (rule.interval() != 1) {
      return Optional.empty();
    }
    return rule.days().isEmpty()
        ? monthly(rule, rule.monthDays(), tongue::monthDay)
        : Optional.of(weekly(rule));
  }

  private String weekly(Rule rule) {
    Set<DayOfWeek> days = weekdays(rule);
    String said;
    if (days.isEmpty()) {
      said = tongue.weekly(rule.interval(), List.of(set.start().getDayOfWeek()));
    } else if (days.size() == 7 && rule.interval() == 1) {
      said = tongue.every(Frequency.DAILY, 1);
    } else if (days.equals(WORKDAYS)) {
      said = tongue.workdays(rule.interval());
    } else {
      said = tongue.weekly(rule.interval(), List.copyOf(days));
    }
    return said + inMonths(rule);
  }

  private static Set<DayOfWeek> weekdays(Rule rule) {
    Set<DayOfWeek> days = new TreeSet<>();
    rule.days().forEach(day -> days.add(day.day()));
    return days;
  }

  private String inMonths(Rule rule) {
    return rule.months().isEmpty() ? "" : " " + tongue.inMonths(rule.months());
  }

  private Optional<String> monthly(Rule rule) {
    boolean numbered = rule.days().stream().anyMatch(day -> day.ordinal() != 0);
    boolean plain = rule.days().stream().anyMatch(day -> day.ordinal() == 0);
    if (numbered && plain) {
      return Optional.empty();
    }
    if (!rule.positions().isEmpty()) {
      return numbered || !rule.monthDays().isEmpty() || !rule.hours().isEmpty()
          ? Optional.empty()
          : monthlyByPosition(rule);
    }
    if (numbered) {
      return rule.monthDays().isEmpty()
          ? monthly(rule, rule.days(), tongue::ordinal)
          : Optional.empty();
    }
    if (plain && rule.monthDays().isEmpty()) {
      return rule.interval() == 1 ? Optional.of(weekly(rule)) : Optional.empty();
    }
    Optional<String> byDay =
        monthly(
            rule,
            rule.monthDays().isEmpty() ? List.of(set.start().getDayOfMonth()) : rule.monthDays(),
            tongue::monthDay);
    if (plain) {
      return rule.days().size() == 1 && rule.monthDays().size() == 1
          ? byDay.map(said -> said + ", " + tongue.ifItIs(rule.days().getFirst().day()))
          : Optional.empty();
    }
    return byDay;
  }

  private Optional<String> monthlyByPosition(Rule rule) {
    Set<DayOfWeek> days = weekdays(rule);
    if (days.size() == 1) {
      return monthly(
          rule,
          rule.positions().stream()
              .map(position -> new OrdinalDay(position, rule.days().getFirst().day()))
              .toList(),
          tongue::ordinal);
    }
    Tongue.Kind kind;
    if (days.size() == 7) {
      kind = Tongue.Kind.DAY;
    } else if (days.equals(WORKDAYS)) {
      kind = Tongue.Kind.WORKDAY;
    } else if (days.equals(WEEKEND)) {
      kind = Tongue.Kind.WEEKEND_DAY;
    } else {
      return Optional.empty();
    }
    return monthly(rule, rule.positions(), position -> tongue.position(position, kind));
  }

  private <T> Optional<String> monthly(Rule rule, List<T> items, Function<T, String> say) {
    return items.size() > MOST_ITEMS
        ? Optional.empty()
        : Optional.of(tongue.monthly(rule.interval(), list(items, say)) + inMonths(rule));
  }

  /// Those that count from the end come last.
  private <T> String list(List<T> items, Function<T, String> say) {
    List<T> forwards = items.stream().filter(item -> !isBackwards(item)).toList();
    List<String> said = new ArrayList<>(forwards.stream().map(say).toList());
    items.stream().filter(RecurrenceWords::isBackwards).map(say).forEach(said::add);
    return tongue.join(said);
  }

  private static boolean isBackwards(Object item) {
    return (item instanceof Integer number && number < 0)
        || (item instanceof OrdinalDay day && day.ordinal() < 0);
  }

  private Optional<String> yearly(Rule rule) {
    boolean numbered = rule.days().stream().anyMatch(day -> day.ordinal() != 0);
    boolean plain = rule.days().stream().anyMatch(day -> day.ordinal() == 0);
    int kinds =
        (rule.weeks().isEmpty() ? 0 : 1)
            + (rule.yearDays().isEmpty() ? 0 : 1)
            + (rule.monthDays().isEmpty() ? 0 : 1)
            + (numbered ? 1 : 0)
            + (plain && rule.weeks().isEmpty() ? 1 : 0);
    if (!rule.positions().isEmpty() || kinds > 1) {
      return Optional.empty();
    }
    List<String> items = new ArrayList<>();
    if (!rule.weeks().isEmpty()) {
      if (!rule.months().isEmpty() || rule.weeks().getFirst() < 0) {
        return Optional.empty();
      }
      rule.weeks()
          .forEach(
              week -> rule.days().forEach(day -> items.add(tongue.dayOfWeek(week, day.day()))));
    } else if (!rule.yearDays().isEmpty()) {
      if (!rule.months().isEmpty()) {
        return Optional.empty();
      }
      return rule.yearDays().size() > MOST_ITEMS
          ? Optional.empty()
          : Optional.of(tongue.yearly(rule.interval(), list(rule.yearDays(), tongue::yearDay)));
    } else if (numbered) {
      if (rule.months().isEmpty()) {
        return rule.days().size() > MOST_ITEMS
            ? Optional.empty()
            : Optional.of(tongue.yearly(rule.interval(), list(rule.days(), tongue::ordinalOfYear)));
      }
      rule.months()
          .forEach(
              month -> rule.days().forEach(day -> items.add(tongue.ordinalOfMonth(day, month))));
    } else if (plain) {
      return rule.interval() == 1 ? Optional.of(weekly(rule)) : Optional.empty();
    } else if (rule.months().isEmpty() && !rule.monthDays().isEmpty()) {
      return rule.interval() == 1
          ? monthly(rule, rule.monthDays(), tongue::monthDay)
          : Optional.empty();
    } else {
      orElse(rule.months(), set.start().getMonthValue())
          .forEach(
              month ->
                  orElse(rule.monthDays(), set.start().getDayOfMonth())
                      .forEach(day -> items.add(tongue.yearDate(month, day))));
    }
    return items.size() > MOST_ITEMS
        ? Optional.empty()
        : Optional.of(tongue.yearly(rule.interval(), tongue.join(items)));
  }
}
