package app.turnout.events.rules;

import app.turnout.platform.problem.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The dates of a recurring event, by the local time each starts at: those of a rule, and more
/// (RDATE), without some (EXDATE), as RFC 5545 §3.8.5 has it.
///
/// The first date is the rule's first at or after the start that is given; the start itself is a
/// date when the rule has it, or when there is no rule. COUNT counts the rule's dates, also those
/// that are left out.
public final class RecurrenceSet {
  /// No date is at or after it.
  static final LocalDateTime HORIZON = LocalDateTime.of(2200, 1, 1, 0, 0);

  /// No start is before it.
  static final LocalDateTime EARLIEST = LocalDateTime.of(1900, 1, 1, 0, 0);

  /// Of one rule in any 366 days, and of one with COUNT in all: every hour, all year, is fewer.
  public static final int MOST_DATES = 10_000;

  /// Of RDATE, and of EXDATE.
  public static final int MOST_SINGLE_DATES = 1_000;

  static final int MOST_TIMES_A_DAY = 1_000;

  static final Duration LONGEST_INTERVAL = Duration.ofDays(36_525);

  private final @Nullable Rule rule;
  private final NavigableSet<LocalDateTime> rdates;
  private final Set<LocalDateTime> exdates;
  private final LocalDateTime start;
  private final ZoneId zone;

  private RecurrenceSet(
      @Nullable Rule rule,
      NavigableSet<LocalDateTime> rdates,
      Set<LocalDateTime> exdates,
      LocalDateTime start,
      ZoneId zone) {
    this.rule = rule;
    this.rdates = rdates;
    this.exdates = exdates;
    this.start = start;
    this.zone = zone;
  }

  /// What became of reading a recurrence.
  public sealed interface Outcome {
    /// It can be kept.
    ///
    /// @param set its start is its first date
    record Read(RecurrenceSet set) implements Outcome {}

    /// Nothing is kept.
    ///
    /// @param errors of `recurrence.rrule`, `recurrence.rdates[3]`, `recurrence.exdates`…
    record Refused(List<FieldError> errors) implements Outcome {
      public Refused {
        errors = List.copyOf(errors);
      }
    }
  }

  /// Reads what an organiser asks for. Takes milliseconds, whatever is asked.
  ///
  /// @param rrule with or without `RRULE:`
  /// @param rdates local times, `2027-03-01T19:00` or `20270301T190000`; with an offset, what the
  ///   zone's clocks show then
  /// @param exdates likewise
  public static Outcome read(
      @Nullable String rrule,
      List<String> rdates,
      List<String> exdates,
      LocalDateTime start,
      ZoneId zone) {
    return read(rrule, rdates, exdates, start, zone, Work.ofReading());
  }

  static Outcome read(
      @Nullable String rrule,
      List<String> rdates,
      List<String> exdates,
      LocalDateTime start,
      ZoneId zone,
      Work work) {
    List<FieldError> errors = new ArrayList<>();
    NavigableSet<LocalDateTime> added = times("recurrence.rdates", rdates, zone, errors);
    NavigableSet<LocalDateTime> leftOut = times("recurrence.exdates", exdates, zone, errors);
    if (start.isBefore(EARLIEST) || !start.isBefore(HORIZON)) {
      errors.add(new FieldError("starts_at", "range", "must be in the years 1900 to 2199"));
      return new Outcome.Refused(errors);
    }
    LocalDateTime anchor = start.withNano(0);
    Rule rule = null;
    if (rrule != null) {
      try {
        Rule asked = RuleReader.read(rrule, anchor, zone);
        Rule settled = settled(asked, anchor);
        anchor = firstOf(settled, anchor, zone, work);
        rule = settled;
      } catch (RuleReader.Refusal e) {
        errors.add(new FieldError("recurrence.rrule", e.rule(), e.reason()));
      }
    } else if (added.isEmpty()) {
      errors.add(
          new FieldError("recurrence.rrule", "required", "is needed where there are no rdates"));
    }
    if (!errors.isEmpty()) {
      return new Outcome.Refused(errors);
    }
    RecurrenceSet set = new RecurrenceSet(rule, added, leftOut, anchor, zone);
    if (set.first().isEmpty()) {
      return new Outcome.Refused(
          List.of(
              new FieldError("recurrence.exdates", "no_dates", "must not leave out every date")));
    }
    return new Outcome.Read(set);
  }

  /// What was read and stored before.
  ///
  /// @param rrule as [#rrule] gave it
  public static RecurrenceSet stored(
      @Nullable String rrule,
      List<LocalDateTime> rdates,
      List<LocalDateTime> exdates,
      LocalDateTime start,
      ZoneId zone) {
    try {
      return new RecurrenceSet(
          rrule == null ? null : settled(RuleReader.read(rrule, start, zone), start),
          new TreeSet<>(rdates),
          new HashSet<>(exdates),
          start,
          zone);
    } catch (RuleReader.Refusal e) {
      throw new IllegalArgumentException("No rule: " + e.reason(), e);
    }
  }

  /// When a date starts. A local time that a clock change skips moves forward by the gap; of one
  /// that comes twice, the first is meant (RFC 5545 §3.3.5).
  public static Instant instant(LocalDateTime local, ZoneId zone) {
    return local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }

  private static NavigableSet<LocalDateTime> times(
      String field, List<String> texts, ZoneId zone, List<FieldError> errors) {
    TreeSet<LocalDateTime> times = new TreeSet<>();
    if (texts.size() > MOST_SINGLE_DATES) {
      errors.add(
          new FieldError(field, "max_items", "must have at most " + MOST_SINGLE_DATES + " dates"));
      return times;
    }
    for (int i = 0; i < texts.size(); i++) {
      Optional<LocalDateTime> time = LocalTexts.dateTime(texts.get(i), zone);
      if (time.isEmpty()) {
        errors.add(
            new FieldError(
                field + "[" + i + "]",
                "local_date_time",
                "must be a local time such as 2027-03-01T19:00:00"));
      } else if (time.get().isBefore(EARLIEST) || !time.get().isBefore(HORIZON)) {
        errors.add(
            new FieldError(field + "[" + i + "]", "range", "must be in the years 1900 to 2199"));
      } else {
        times.add(time.get());
      }
      if (errors.size() >= 20) {
        break;
      }
    }
    return times;
  }

  /// BYWEEKNO alone means the start's day of the week (RFC 5545 §3.3.10: what the rule does not say
  /// is taken from the start); programs differ, so it is said.
  private static Rule settled(Rule rule, LocalDateTime start) {
    return !rule.weeks().isEmpty()
            && rule.days().isEmpty()
            && rule.monthDays().isEmpty()
            && rule.yearDays().isEmpty()
        ? rule.on(List.of(new OrdinalDay(0, start.getDayOfWeek())))
        : rule;
  }

  /// The first date, having looked whether the dates are neither too many nor beyond all reach.
  private static LocalDateTime firstOf(Rule rule, LocalDateTime start, ZoneId zone, Work work)
      throws RuleReader.Refusal {
    Expansion expansion = new Expansion(rule, start, zone, start, HORIZON, work);
    if (!expansion.hasNext()) {
      throw new RuleReader.Refusal(
          "no_dates",
          rule.until() == null
              ? "must have a date within reach, and has none"
              : "must have a date between the start and UNTIL, and has none");
    }
    LocalDateTime first = expansion.next();
    LocalDateTime yearLater = first.plusDays(366);
    int dates = 1;
    Integer count = rule.count();
    while (expansion.hasNext()) {
      LocalDateTime date = expansion.next();
      if (count == null && !date.isBefore(yearLater)) {
        break;
      }
      dates++;
      if (dates > MOST_DATES) {
        throw new RuleReader.Refusal(
            "too_many", "must have at most " + MOST_DATES + " dates a year, and has more");
      }
    }
    if (work.isTooMuch()) {
      throw new RuleReader.Refusal(
          "too_costly", "must find its dates in fewer steps: say it by a longer FREQ");
    }
    if (count != null && dates < count) {
      throw new RuleReader.Refusal(
          "count", "COUNT must be reached before the year 2200, and is not");
    }
    return first;
  }

  /// The first date's local start, before anything is left out: what DTSTART is in iCalendar.
  public LocalDateTime start() {
    return start;
  }

  public ZoneId zone() {
    return zone;
  }

  /// The rule in its one form, without `RRULE:`; empty where only single dates are given.
  public Optional<String> rrule() {
    return Optional.ofNullable(rule).map(Rule::text);
  }

  /// The rule as iCalendar wants it beside a DTSTART with a zone: its UNTIL in UTC.
  public Optional<String> calendarRrule() {
    return Optional.ofNullable(rule)
        .map(
            known ->
                known.until() == null
                    ? known.text()
                    : known.text(Until.of(known.until().instant(zone), zone).text()));
  }

  /// In order.
  public List<LocalDateTime> rdates() {
    return List.copyOf(rdates);
  }

  /// In order.
  public List<LocalDateTime> exdates() {
    return exdates.stream().sorted().toList();
  }

  Optional<Rule> rule() {
    return Optional.ofNullable(rule);
  }

  /// Whether the rule has neither COUNT nor UNTIL. Dates are made up to the end of the year 2199.
  public boolean isEndless() {
    return rule != null && rule.count() == null && rule.until() == null;
  }

  /// Local starts from the first one at or after the given time, in order, without doubles, each
  /// made when it is asked for.
  public Iterator<LocalDateTime> startsFrom(LocalDateTime from) {
    return new Merged(from, HORIZON);
  }

  /// Local starts at or after `from` and before `before`, in order, without doubles.
  public List<LocalDateTime> startsBetween(LocalDateTime from, LocalDateTime before) {
    List<LocalDateTime> starts = new ArrayList<>();
    Iterator<LocalDateTime> all = new Merged(from, before);
    while (all.hasNext()) {
      LocalDateTime next = all.next();
      if (!next.isBefore(before)) {
        break;
      }
      starts.add(next);
    }
    return starts;
  }

  /// Empty when all are left out.
  public Optional<LocalDateTime> first() {
    Iterator<LocalDateTime> all = startsFrom(EARLIEST);
    return all.hasNext() ? Optional.of(all.next()) : Optional.empty();
  }

  /// Empty when there is no end, or when all are left out.
  public Optional<LocalDateTime> last() {
    if (isEndless()) {
      return Optional.empty();
    }
    if (rule == null || rule.until() == null) {
      return lastFrom(EARLIEST);
    }
    for (int years = 1; years < 400; years *= 4) {
      Optional<LocalDateTime> last = lastFrom(rule.until().latest().minusYears(years));
      if (last.isPresent()) {
        return last;
      }
    }
    return Optional.empty();
  }

  private Optional<LocalDateTime> lastFrom(LocalDateTime from) {
    Optional<LocalDateTime> last = Optional.empty();
    Iterator<LocalDateTime> all = startsFrom(from);
    while (all.hasNext()) {
      last = Optional.of(all.next());
    }
    return last;
  }

  /// How many dates there are. Empty when there is no end, or when they are more than
  /// [#MOST_DATES].
  public OptionalInt count() {
    if (isEndless()) {
      return OptionalInt.empty();
    }
    int count = 0;
    Iterator<LocalDateTime> all = startsFrom(EARLIEST);
    while (all.hasNext()) {
      all.next();
      count++;
      if (count > MOST_DATES + MOST_SINGLE_DATES) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.of(count);
  }

  /// Whether there is a date that starts at this local time.
  public boolean has(LocalDateTime local) {
    return !startsBetween(local, local.plusSeconds(1)).isEmpty();
  }

  /// Which of these are dates.
  private Set<LocalDateTime> among(Collection<LocalDateTime> candidates) {
    if (candidates.isEmpty()) {
      return Set.of();
    }
    if (rule == null || rule.count() == null) {
      return candidates.stream().filter(this::has).collect(Collectors.toSet());
    }
    // What COUNT counts is counted from the start: once.
    Set<LocalDateTime> dates =
        new HashSet<>(
            startsBetween(Collections.min(candidates), Collections.max(candidates).plusSeconds(1)));
    dates.retainAll(Set.copyOf(candidates));
    return dates;
  }

  /// How many of RDATE are no dates of the rule.
  int addedDates() {
    if (rule == null) {
      return rdates.size();
    }
    RecurrenceSet ruled = new RecurrenceSet(rule, new TreeSet<>(), Set.of(), start, zone);
    return rdates.size() - ruled.among(rdates).size();
  }

  /// Those of the left out that would have been no dates anyway, in order.
  public List<LocalDateTime> idleExdates() {
    RecurrenceSet whole = new RecurrenceSet(rule, rdates, Set.of(), start, zone);
    Set<LocalDateTime> dates = whole.among(exdates);
    return exdates.stream().filter(date -> !dates.contains(date)).sorted().toList();
  }

  /// The dates before a local time. Empty where there is none, whether left out or not.
  public Optional<RecurrenceSet> endingBefore(LocalDateTime before) {
    TreeSet<LocalDateTime> added = new TreeSet<>(rdates.headSet(before, false));
    if (start.isBefore(before)) {
      return Optional.of(
          new RecurrenceSet(
              rule == null ? null : ending(rule, before),
              added,
              beforeOrNot(before, true),
              start,
              zone));
    }
    return added.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RecurrenceSet(null, added, beforeOrNot(before, true), added.first(), zone));
  }

  private Rule ending(Rule whole, LocalDateTime before) {
    LocalDateTime last = start;
    Expansion expansion = new Expansion(whole, start, zone, start, before, Work.ofFollowing());
    while (expansion.hasNext()) {
      LocalDateTime next = expansion.next();
      if (!next.isBefore(before)) {
        break;
      }
      last = next;
    }
    return whole.ending(null, Until.of(last));
  }

  /// The dates at or after a local time, of the same rule: COUNT is what is left of it. Its start
  /// is the rule's first date then. Empty where there is none, whether left out or not.
  public Optional<RecurrenceSet> startingFrom(LocalDateTime from) {
    TreeSet<LocalDateTime> added = new TreeSet<>(rdates.tailSet(from, true));
    Set<LocalDateTime> leftOut = beforeOrNot(from, false);
    if (rule == null) {
      if (!start.isBefore(from)) {
        added.add(start);
      }
    } else {
      Expansion expansion = new Expansion(rule, start, zone, start, HORIZON, Work.ofFollowing());
      for (int before = 0; expansion.hasNext(); before++) {
        LocalDateTime next = expansion.next();
        if (!next.isBefore(from)) {
          Rule rest = rule.count() == null ? rule : rule.ending(rule.count() - before, null);
          return Optional.of(new RecurrenceSet(rest, added, leftOut, next, zone));
        }
      }
    }
    return added.isEmpty()
        ? Optional.empty()
        : Optional.of(new RecurrenceSet(null, added, leftOut, added.first(), zone));
  }

  private Set<LocalDateTime> beforeOrNot(LocalDateTime moment, boolean before) {
    Set<LocalDateTime> kept = new HashSet<>();
    exdates.stream().filter(date -> date.isBefore(moment) == before).forEach(kept::add);
    return kept;
  }

  private final class Merged implements Iterator<LocalDateTime> {
    private final Iterator<LocalDateTime> ofRule;
    private final Iterator<LocalDateTime> single;
    private @Nullable LocalDateTime nextOfRule;
    private @Nullable LocalDateTime nextSingle;
    private @Nullable LocalDateTime following;

    Merged(LocalDateTime from, LocalDateTime before) {
      if (rule == null) {
        ofRule =
            start.isBefore(from) ? List.<LocalDateTime>of().iterator() : List.of(start).iterator();
      } else {
        ofRule = new Expansion(rule, start, zone, from, before, Work.ofFollowing());
      }
      single = rdates.tailSet(from, true).iterator();
      nextOfRule = after(ofRule);
      nextSingle = after(single);
      advance();
    }

    private static @Nullable LocalDateTime after(Iterator<LocalDateTime> starts) {
      return starts.hasNext() ? starts.next() : null;
    }

    private void advance() {
      do {
        if (nextOfRule == null && nextSingle == null) {
          following = null;
          return;
        }
        if (nextSingle == null || (nextOfRule != null && !nextOfRule.isAfter(nextSingle))) {
          following = nextOfRule;
          if (nextSingle != null && nextSingle.equals(nextOfRule)) {
            nextSingle = after(single);
          }
          nextOfRule = after(ofRule);
        } else {
          following = nextSingle;
          nextSingle = after(single);
        }
      } while (exdates.contains(following));
    }

    @Override
    public boolean hasNext() {
      return following != null;
    }

    @Override
    public LocalDateTime next() {
      LocalDateTime result = following;
      if (result == null) {
        throw new NoSuchElementException();
      }
      advance();
      return result;
    }
  }
}
