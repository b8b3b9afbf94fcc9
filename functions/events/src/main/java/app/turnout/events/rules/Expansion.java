package app.turnout.events.rules;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The starts of one rule in local time, in order, made as they are asked for.
///
/// Period after period: the days of the period that all BY parts allow, times the times of day, of
/// which BYSETPOS takes some. A local time is counted in seconds since 1970 as if its zone were
/// UTC.
final class Expansion implements Iterator<LocalDateTime> {
  private static final long DAY = 86_400;

  private final Rule rule;
  private final ZoneId zone;
  private final Work work;
  private final LocalDateTime start;
  private final long startSecond;
  private final long horizon;
  private final int lastYear;

  private final int months;
  private final int monthDays;
  private final int monthDaysFromEnd;
  private final boolean[] yearDays;
  private final boolean[] yearDaysFromEnd;
  private final long weeks;
  private final long weeksFromEnd;
  private final int weekdays;
  private final List<OrdinalDay> ordinalDays;
  private final boolean ordinalInMonth;
  private final int hours;
  private final long minutes;
  private final long seconds;
  private final int[] times;

  private long period;
  private int left;

  /// Epoch days of the period, ascending.
  private long[] days = new long[366];

  private int dayCount;
  private int[] periodTimes = {};
  private long periodOffset;
  private int @Nullable [] chosen;
  private int next;
  private int total;

  private long following;
  private boolean hasFollowing;
  private boolean over;

  /// @param start where the rule is anchored: no date is before it
  /// @param from no date before it is given; those are skipped, by arithmetic where nothing is
  ///   counted
  /// @param before no date at or after it is looked for
  Expansion(
      Rule rule,
      LocalDateTime start,
      ZoneId zone,
      LocalDateTime from,
      LocalDateTime before,
      Work work) {
    this.rule = rule;
    this.zone = zone;
    this.work = work;
    this.start = start;
    startSecond = second(start);
    long last = Math.min(second(before), second(RecurrenceSet.HORIZON)) - 1;
    horizon = rule.until() == null ? last : Math.min(second(rule.until().horizon()), last);
    lastYear = time(horizon).getYear();
    left = rule.count() == null ? Integer.MAX_VALUE : rule.count();

    boolean noDays =
        rule.weeks().isEmpty()
            && rule.yearDays().isEmpty()
            && rule.monthDays().isEmpty()
            && rule.days().isEmpty();
    Frequency frequency = rule.frequency();
    months =
        noDays && rule.months().isEmpty() && frequency == Frequency.YEARLY
            ? 1 << start.getMonthValue()
            : (int) mask(rule.months());
    boolean startsMonthDay =
        noDays && (frequency == Frequency.YEARLY || frequency == Frequency.MONTHLY);
    monthDays =
        startsMonthDay
            ? 1 << (start.getDayOfMonth() - 1)
            : (int) (mask(rule.monthDays().stream().filter(day -> day > 0).toList()) >>> 1);
    monthDaysFromEnd =
        (int)
            (mask(rule.monthDays().stream().filter(day -> day < 0).map(day -> -day).toList())
                >>> 1);
    yearDays = marks(rule.yearDays().stream().filter(day -> day > 0).toList());
    yearDaysFromEnd =
        marks(rule.yearDays().stream().filter(day -> day < 0).map(day -> -day).toList());
    weeks = mask(rule.weeks().stream().filter(week -> week > 0).toList());
    weeksFromEnd = mask(rule.weeks().stream().filter(week -> week < 0).map(week -> -week).toList());
    int mask = 0;
    for (OrdinalDay day : rule.days()) {
      if (day.ordinal() == 0) {
        mask |= bit(day.day());
      }
    }
    weekdays = noDays && frequency == Frequency.WEEKLY ? bit(start.getDayOfWeek()) : mask;
    ordinalDays = rule.days().stream().filter(day -> day.ordinal() != 0).toList();
    ordinalInMonth = frequency == Frequency.MONTHLY || !rule.months().isEmpty();
    hours = (int) mask(rule.hours());
    minutes = mask(rule.minutes());
    seconds = mask(rule.seconds());
    times = times();
    seek(from);
    skipBefore(from.isAfter(start) ? second(from) : startSecond);
  }

  /// Times of a day in a rule by days, of an hour in one by hours, of a minute in one by minutes.
  private int[] times() {
    Frequency frequency = rule.frequency();
    int[] ofHours =
        frequency.isShorterThan(Frequency.DAILY)
            ? new int[] {0}
            : orElse(rule.hours(), start.getHour());
    int[] ofMinutes =
        frequency.isShorterThan(Frequency.HOURLY)
            ? new int[] {0}
            : orElse(rule.minutes(), start.getMinute());
    int[] ofSeconds =
        frequency == Frequency.SECONDLY ? new int[] {0} : orElse(rule.seconds(), start.getSecond());
    int[] all = new int[ofHours.length * ofMinutes.length * ofSeconds.length];
    int i = 0;
    for (int hour : ofHours) {
      for (int minute : ofMinutes) {
        for (int second : ofSeconds) {
          all[i++] = hour * 3_600 + minute * 60 + second;
        }
      }
    }
    return all;
  }

  private static int[] orElse(List<Integer> values, int other) {
    return values.isEmpty()
        ? new int[] {other}
        : values.stream().mapToInt(Integer::intValue).toArray();
  }

  private void seek(LocalDateTime from) {
    if (rule.count() != null || !from.isAfter(start)) {
      return;
    }
    long units =
        switch (rule.frequency()) {
          case YEARLY -> from.getYear() - start.getYear();
          case MONTHLY -> month(from) - month(start);
          case WEEKLY ->
              Math.floorDiv(
                  weekStart(from.toLocalDate().toEpochDay())
                      - weekStart(start.toLocalDate().toEpochDay()),
                  7L);
          case DAILY -> from.toLocalDate().toEpochDay() - start.toLocalDate().toEpochDay();
          case HOURLY, MINUTELY, SECONDLY ->
              Math.floorDiv(second(from), rule.frequency().seconds())
                  - Math.floorDiv(startSecond, rule.frequency().seconds());
        };
    period = units / rule.interval();
  }

  /// Moves to the first date at or after the moment; what is counted by COUNT and before it is used
  /// up.
  private void skipBefore(long moment) {
    advance();
    while (!over && following < moment) {
      advance();
    }
  }

  @Override
  public boolean hasNext() {
    return hasFollowing;
  }

  @Override
  public LocalDateTime next() {
    if (!hasFollowing) {
      throw new NoSuchElementException();
    }
    LocalDateTime result = time(following);
    advance();
    return result;
  }

  private void advance() {
    hasFollowing = false;
    while (!over) {
      if (left == 0) {
        over = true;
        return;
      }
      while (next < total) {
        int index = chosen == null ? next : chosen[next];
        next++;
        long candidate =
            days[index / periodTimes.length] * DAY
                + periodOffset
                + periodTimes[index % periodTimes.length];
        if (candidate < startSecond) {
          continue;
        }
        if (candidate > horizon) {
          over = true;
          return;
        }
        if (rule.until() != null && !rule.until().allows(time(candidate), zone)) {
          continue;
        }
        work.found();
        left--;
        following = candidate;
        hasFollowing = true;
        return;
      }
      if (!work.mayLook() || !fill()) {
        over = true;
      }
    }
  }

  /// The next period. False when it begins after the last day there is.
  private boolean fill() {
    next = 0;
    total = 0;
    dayCount = 0;
    periodTimes = times;
    periodOffset = 0;
    chosen = null;
    boolean within =
        switch (rule.frequency()) {
          case YEARLY -> fillYear();
          case MONTHLY -> fillMonth();
          case WEEKLY -> fillWeek();
          case DAILY -> fillDay();
          case HOURLY, MINUTELY, SECONDLY -> fillTime();
        };
    total = dayCount * periodTimes.length;
    if (total > 0 && !rule.positions().isEmpty()) {
      choose();
    } else if (dayCount > 0 && days[0] * DAY < startSecond - DAY) {
      skipDaysBeforeStart();
    }
    return within;
  }

  private void skipDaysBeforeStart() {
    long firstDay = Math.floorDiv(startSecond, DAY);
    int skipped = 0;
    while (skipped < dayCount && days[skipped] < firstDay) {
      skipped++;
    }
    next = skipped * periodTimes.length;
  }

  private void choose() {
    int size = total;
    chosen =
        rule.positions().stream()
            .mapToInt(position -> position > 0 ? position - 1 : size + position)
            .filter(index -> index >= 0 && index < size)
            .sorted()
            .distinct()
            .toArray();
    total = chosen.length;
  }

  private boolean fillYear() {
    int year = start.getYear() + Math.toIntExact(period * rule.interval());
    period++;
    if (year > lastYear) {
      return false;
    }
    for (int month = 1; month <= 12; month++) {
      addDaysOf(year, month);
    }
    return true;
  }

  private boolean fillMonth() {
    long month = month(start) + period * rule.interval();
    period++;
    int year = Math.toIntExact(Math.floorDiv(month, 12L));
    if (year > lastYear) {
      return false;
    }
    addDaysOf(year, Math.floorMod(month, 12) + 1);
    return true;
  }

  private void addDaysOf(int year, int month) {
    if (months != 0 && (months & 1 << month) == 0) {
      return;
    }
    LocalDate first = LocalDate.of(year, month, 1);
    long epochDay = first.toEpochDay();
    int length = first.lengthOfMonth();
    int dayOfYear = first.getDayOfYear();
    int yearLength = first.lengthOfYear();
    for (int day = 1; day <= length; day++, epochDay++, dayOfYear++) {
      if (matches(epochDay, day, length, dayOfYear, yearLength)) {
        days[dayCount++] = epochDay;
      }
    }
  }

  private boolean fillWeek() {
    long first = weekStart(start.toLocalDate().toEpochDay()) + 7L * period * rule.interval();
    period++;
    for (long day = first; day < first + 7; day++) {
      if (matches(day)) {
        days[dayCount++] = day;
      }
    }
    return first * DAY <= horizon;
  }

  private boolean fillDay() {
    long day = start.toLocalDate().toEpochDay() + period * rule.interval();
    period++;
    if (matches(day)) {
      days[dayCount++] = day;
    }
    return day * DAY <= horizon;
  }

  private boolean fillTime() {
    long unit = rule.frequency().seconds();
    long second = Math.floorDiv(startSecond, unit) * unit + period * rule.interval() * unit;
    if (second > horizon) {
      return false;
    }
    long day = Math.floorDiv(second, DAY);
    int ofDay = (int) Math.floorMod(second, DAY);
    if (!matches(day)) {
      jumpTo((day + 1) * DAY, second);
      return true;
    }
    if (hours != 0 && (hours & (1 << (ofDay / 3_600))) == 0) {
      jumpTo(second - ofDay % 3_600 + 3_600, second);
      return true;
    }
    if (rule.frequency() != Frequency.HOURLY
        && minutes != 0
        && (minutes & (1L << (ofDay / 60 % 60))) == 0) {
      jumpTo(second - ofDay % 60 + 60, second);
      return true;
    }
    period++;
    if (rule.frequency() == Frequency.SECONDLY
        && seconds != 0
        && (seconds & 1L << ofDay % 60) == 0) {
      return true;
    }
    days[dayCount++] = day;
    periodOffset = ofDay;
    return true;
  }

  private void jumpTo(long moment, long current) {
    long length = rule.interval() * rule.frequency().seconds();
    period += Math.max(1, Math.ceilDiv(moment - current, length));
  }

  private boolean matches(long epochDay) {
    if (months == 0
        && monthDays == 0
        && monthDaysFromEnd == 0
        && yearDays.length == 0
        && yearDaysFromEnd.length == 0) {
      return weekdays == 0 || (weekdays & 1 << weekday(epochDay)) != 0;
    }
    LocalDate date = LocalDate.ofEpochDay(epochDay);
    return (months == 0 || (months & 1 << date.getMonthValue()) != 0)
        && matches(
            epochDay,
            date.getDayOfMonth(),
            date.lengthOfMonth(),
            date.getDayOfYear(),
            date.lengthOfYear());
  }

  private boolean matches(long epochDay, int day, int length, int dayOfYear, int yearLength) {
    if ((monthDays != 0 || monthDaysFromEnd != 0)
        && (monthDays & 1 << (day - 1)) == 0
        && (monthDaysFromEnd & 1 << (length - day)) == 0) {
      return false;
    }
    if ((yearDays.length != 0 || yearDaysFromEnd.length != 0)
        && !(yearDays.length != 0 && yearDays[dayOfYear])
        && !(yearDaysFromEnd.length != 0 && yearDaysFromEnd[yearLength - dayOfYear + 1])) {
      return false;
    }
    if ((weekdays != 0 || !ordinalDays.isEmpty())
        && (weekdays & 1 << weekday(epochDay)) == 0
        && !matchesOrdinal(epochDay, day, length, dayOfYear, yearLength)) {
      return false;
    }
    return (weeks == 0 && weeksFromEnd == 0) || matchesWeek(epochDay);
  }

  private boolean matchesOrdinal(
      long epochDay, int day, int length, int dayOfYear, int yearLength) {
    int position = ordinalInMonth ? day : dayOfYear;
    int size = ordinalInMonth ? length : yearLength;
    int weekday = weekday(epochDay);
    for (OrdinalDay ordinal : ordinalDays) {
      if (ordinal.day().getValue() - 1 == weekday
          && (ordinal.ordinal() > 0
              ? (position - 1) / 7 + 1 == ordinal.ordinal()
              : (size - position) / 7 + 1 == -ordinal.ordinal())) {
        return true;
      }
    }
    return false;
  }

  /// A week belongs to the year that has at least four of its days.
  private boolean matchesWeek(long epochDay) {
    LocalDate middle = LocalDate.ofEpochDay(weekStart(epochDay) + 3);
    int week = (middle.getDayOfYear() - 1) / 7 + 1;
    int weeksAfter = (middle.lengthOfYear() - middle.getDayOfYear()) / 7;
    return (weeks & 1L << week) != 0 || (weeksFromEnd & 1L << (weeksAfter + 1)) != 0;
  }

  private long weekStart(long epochDay) {
    return epochDay - Math.floorMod(weekday(epochDay) - (rule.weekStart().getValue() - 1), 7);
  }

  /// 0 is Monday.
  private static int weekday(long epochDay) {
    return Math.floorMod(epochDay + 3, 7);
  }

  private static int bit(DayOfWeek day) {
    return 1 << (day.getValue() - 1);
  }

  private static long month(LocalDateTime time) {
    return YearMonth.from(time).getLong(ChronoField.PROLEPTIC_MONTH);
  }

  private static long mask(List<Integer> values) {
    long mask = 0;
    for (int value : values) {
      mask |= 1L << value;
    }
    return mask;
  }

  private static boolean[] marks(List<Integer> values) {
    boolean[] marks = new boolean[values.isEmpty() ? 0 : 367];
    values.forEach(value -> marks[value] = true);
    return marks;
  }

  private static long second(LocalDateTime time) {
    return time.toEpochSecond(ZoneOffset.UTC);
  }

  private static LocalDateTime time(long second) {
    return LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
  }
}
