package app.turnout.events.dates;

import app.turnout.events.rules.RecurrenceSet;
import app.turnout.events.series.DateStore;
import app.turnout.events.series.DateTimes;
import app.turnout.events.series.MakeDates;
import app.turnout.events.series.Part;
import app.turnout.events.series.SeriesId;
import app.turnout.events.series.SeriesRepository;
import app.turnout.platform.attendance.Attendance;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Puts other rules in the place of an event's rules from some date on. A date whose day the new
/// rules have too stays, with its id and its people, at the time that they say. Of the others,
/// those that nobody counts on go, and those that somebody does are asked about.
@Singleton
final class Replan {
  private static final int MOST_LISTED = 100;

  /// What is to be.
  ///
  /// @param standing all dates of the event, held
  /// @param cut dates whose rule's start is before it stay what they are
  /// @param come the rules from then on, in their order
  /// @param isElsewhere whether the place changes, too
  record Wish(
      EventHead event,
      List<Part> present,
      List<StandingDate> standing,
      LocalDateTime cut,
      List<Part> come,
      @Nullable OnAffected onAffected,
      boolean isElsewhere,
      Instant now) {}

  /// What came of it.
  ///
  /// @param told dates whose people are to hear, with the time at which each was to begin before
  record Outcome(
      int moved, int made, int removed, int detached, int cancelled, Map<UUID, Instant> told) {}

  private final StandingDates dates;
  private final SeriesRepository parts;
  private final DateStore store;
  private final MakeDates makeDates;
  private final Attendance attendance;
  private final Outbox outbox;

  Replan(
      StandingDates dates,
      SeriesRepository parts,
      DateStore store,
      MakeDates makeDates,
      Attendance attendance,
      Outbox outbox) {
    this.dates = dates;
    this.parts = parts;
    this.store = store;
    this.makeDates = makeDates;
    this.attendance = attendance;
    this.outbox = outbox;
  }

  /// Throws ProblemException: `dates_affected` where it must be said what becomes of dates, and
  /// nothing is changed then; `invalid_fields` when the event would have no date at all.
  Outcome replan(Wish wish) {
    Set<SeriesId> affected =
        wish.present().stream()
            .filter(part -> part.endsBefore() == null || part.endsBefore().isAfter(wish.cut()))
            .map(Part::id)
            .collect(Collectors.toSet());
    List<StandingDate> concerned =
        wish.standing().stream()
            .filter(date -> affected.contains(date.series()))
            .filter(date -> !date.ruleStart().isBefore(wish.cut()))
            .toList();
    List<Sown> come = wish.come().stream().map(part -> sown(part, concerned, wish)).toList();
    Matching matching = match(concerned, come);
    mustNotBeAffected(matching.affected(), wish.onAffected());
    if (concerned.size() == wish.standing().size()
        && come.stream().allMatch(sown -> sown.starts().isEmpty())
        && matching.affected().isEmpty()) {
      throw ProblemException.invalidField("recurrence", "no_dates", "must have a date");
    }
    Outcome outcome = outcome(wish, matching);
    write(wish, affected, concerned, matching);
    return outcome;
  }

  /// A part and the starts that it is to have now.
  private record Sown(Part part, List<LocalDateTime> starts) {}

  /// @param filled the starts that dates stay for, by part and date
  /// @param pinned dates that begun, which a part has too
  /// @param loose dates that no rule has and nobody needs to be asked about, and that stay
  private record Matching(
      List<Map<UUID, LocalDateTime>> filled,
      List<Set<UUID>> pinned,
      List<List<LocalDateTime>> free,
      Map<UUID, StandingDate> byId,
      List<Part> parts,
      Set<UUID> loose,
      List<StandingDate> affected,
      List<StandingDate> unclaimed) {}

  private Sown sown(Part part, List<StandingDate> concerned, Wish wish) {
    MakeDates.Ahead ahead =
        MakeDates.ahead(
            part,
            part.localStart(),
            horizon(part, wish),
            LocalDateTime.ofInstant(wish.now(), part.zone()));
    List<LocalDateTime> starts = new ArrayList<>(ahead.starts());
    RecurrenceSet set = MakeDates.set(part);
    // Dates may stand farther ahead than new ones are made: their days count too.
    concerned.stream()
        .map(date -> date.ruleStart().toLocalDate())
        .distinct()
        .filter(day -> !day.plusDays(1).atStartOfDay().isBefore(ahead.madeBefore()))
        .flatMap(
            day -> set.startsBetween(day.atStartOfDay(), day.plusDays(1).atStartOfDay()).stream())
        .filter(start -> !start.isBefore(ahead.madeBefore()))
        .filter(start -> part.endsBefore() == null || start.isBefore(part.endsBefore()))
        .forEach(starts::add);
    return new Sown(part.madeBefore(ahead.madeBefore()), starts);
  }

  /// As far as the dates were made before, so that an edit makes none that were not to be yet.
  private LocalDateTime horizon(Part part, Wish wish) {
    LocalDateTime before = wish.present().getLast().madeBefore();
    return before.equals(MakeDates.FOR_EVER)
        ? makeDates.horizon(part.localStart(), part.zone(), wish.now())
        : before;
  }

  private static Matching match(List<StandingDate> concerned, List<Sown> come) {
    List<Map<UUID, LocalDateTime>> filled = new ArrayList<>();
    List<Set<UUID>> pinned = new ArrayList<>();
    Map<UUID, StandingDate> byId = new LinkedHashMap<>();
    concerned.forEach(date -> byId.put(date.id(), date));
    TreeMap<LocalDateTime, Integer> free = new TreeMap<>();
    for (int i = 0; i < come.size(); i++) {
      filled.add(new LinkedHashMap<>());
      pinned.add(new HashSet<>());
      int part = i;
      come.get(i).starts().forEach(start -> free.put(start, part));
    }
    List<StandingDate> left = new ArrayList<>();
    for (StandingDate date : concerned) {
      Integer part = free.remove(date.ruleStart());
      if (part == null) {
        left.add(date);
      } else if (date.isBegun()) {
        pinned.get(part).add(date.id());
      } else {
        filled.get(part).put(date.id(), date.ruleStart());
      }
    }
    Map<LocalDate, Deque<LocalDateTime>> byDay = new HashMap<>();
    free.keySet()
        .forEach(
            start ->
                byDay.computeIfAbsent(start.toLocalDate(), day -> new ArrayDeque<>()).add(start));
    Set<UUID> loose = new HashSet<>();
    List<StandingDate> affected = new ArrayList<>();
    List<StandingDate> unclaimed = new ArrayList<>();
    for (StandingDate date : left) {
      Deque<LocalDateTime> day = byDay.get(date.ruleStart().toLocalDate());
      LocalDateTime start = date.isBegun() || day == null ? null : day.poll();
      if (start != null) {
        Integer part = free.remove(start);
        if (part != null) {
          filled.get(part).put(date.id(), start);
        }
      } else if (date.isBegun() || date.isCancelled()) {
        loose.add(date.id());
      } else if (date.isClaimed()) {
        affected.add(date);
      } else {
        unclaimed.add(date);
      }
    }
    stayInTheirWeek(unclaimed, free, filled);
    List<List<LocalDateTime>> rest = new ArrayList<>();
    come.forEach(sown -> rest.add(new ArrayList<>()));
    free.forEach((start, part) -> rest.get(part).add(start));
    return new Matching(
        filled,
        pinned,
        rest,
        byId,
        come.stream().map(Sown::part).toList(),
        loose,
        affected,
        unclaimed);
  }

  /// A class that goes from Tuesdays to Wednesdays keeps its dates: what nobody needs to be asked
  /// about, and has another start in the same week, moves there.
  private static void stayInTheirWeek(
      List<StandingDate> unclaimed,
      Map<LocalDateTime, Integer> free,
      List<Map<UUID, LocalDateTime>> filled) {
    Map<LocalDate, Deque<LocalDateTime>> byWeek = new HashMap<>();
    free.keySet()
        .forEach(
            start -> byWeek.computeIfAbsent(monday(start), week -> new ArrayDeque<>()).add(start));
    unclaimed.removeIf(
        date -> {
          Deque<LocalDateTime> week = byWeek.get(monday(date.ruleStart()));
          LocalDateTime start = week == null ? null : week.poll();
          Integer part = start == null ? null : free.remove(start);
          if (start == null || part == null) {
            return false;
          }
          filled.get(part).put(date.id(), start);
          return true;
        });
  }

  private static LocalDate monday(LocalDateTime start) {
    return start.toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private static void mustNotBeAffected(
      List<StandingDate> affected, @Nullable OnAffected onAffected) {
    if (affected.isEmpty() || onAffected != null) {
      return;
    }
    throw ProblemException.datesAffected(
        affected.size()
            + " date(s) that somebody counts on are not in the new rule; say on_affected=detach or"
            + " on_affected=cancel",
        affected.stream()
            .limit(MOST_LISTED)
            .map(
                date ->
                    new FieldError(
                        "occurrences." + date.id(),
                        "affected",
                        "starts at "
                            + date.startsAt()
                            + ", "
                            + date.claims()
                            + " participant(s)"
                            + (date.isMoved() ? ", has a time of its own" : "")
                            + (date.hasOwn() ? ", has words of its own" : "")))
            .toList());
  }

  private static Outcome outcome(Wish wish, Matching matching) {
    int moved = 0;
    Map<UUID, Instant> told = new LinkedHashMap<>();
    for (int i = 0; i < matching.parts().size(); i++) {
      Part part = matching.parts().get(i);
      for (Map.Entry<UUID, LocalDateTime> each : matching.filled().get(i).entrySet()) {
        StandingDate date = matching.byId().get(each.getKey());
        if (date == null || date.isCancelled()) {
          continue;
        }
        boolean isMoved =
            !date.isMoved()
                && (!DateTimes.instant(each.getValue(), part.zone()).equals(date.startsAt())
                    || !isAsLong(wish, date, part));
        moved += isMoved ? 1 : 0;
        if (date.isAwaited() && (isMoved || wish.isElsewhere())) {
          told.put(date.id(), date.startsAt());
        }
      }
    }
    boolean cancels = wish.onAffected() == OnAffected.CANCEL;
    if (cancels) {
      matching.affected().stream()
          .filter(StandingDate::isAwaited)
          .forEach(date -> told.put(date.id(), date.startsAt()));
    }
    return new Outcome(
        moved,
        matching.free().stream().mapToInt(List::size).sum(),
        matching.unclaimed().size(),
        cancels ? 0 : matching.affected().size(),
        cancels ? matching.affected().size() : 0,
        told);
  }

  private static boolean isAsLong(Wish wish, StandingDate date, Part part) {
    return wish.present().stream()
        .filter(present -> present.id().equals(date.series()))
        .allMatch(present -> present.length().equals(part.length()));
  }

  private void write(
      Wish wish, Set<SeriesId> affected, List<StandingDate> concerned, Matching matching) {
    Instant now = wish.now();
    List<UUID> asked = matching.affected().stream().map(StandingDate::id).toList();
    if (!asked.isEmpty()) {
      dates.detach(asked, now);
      if (wish.onAffected() == OnAffected.CANCEL) {
        dates.cancel(asked, now);
      }
    }
    if (!matching.loose().isEmpty()) {
      dates.detach(matching.loose(), now);
    }
    remove(wish.event(), matching.unclaimed());
    Set<UUID> staying = new HashSet<>();
    matching.filled().forEach(each -> staying.addAll(each.keySet()));
    matching.pinned().forEach(staying::addAll);
    dates.loosen(staying);
    Set<SeriesId> kept =
        wish.standing().stream()
            .filter(date -> date.ruleStart().isBefore(wish.cut()))
            .map(StandingDate::series)
            .collect(Collectors.toSet());
    List<SeriesId> gone = affected.stream().filter(part -> !kept.contains(part)).toList();
    parts.delete(gone);
    wish.present().stream()
        .filter(part -> affected.contains(part.id()) && kept.contains(part.id()))
        .forEach(part -> parts.update(part.until(wish.cut()), now));
    List<DateStore.Planned> planned = new ArrayList<>();
    for (int i = 0; i < matching.parts().size(); i++) {
      Part part = matching.parts().get(i);
      parts.insert(part, now);
      dates.fill(part, matching.filled().get(i), now);
      Set<UUID> pinned = matching.pinned().get(i);
      Map<UUID, LocalDateTime> begun = new HashMap<>();
      concerned.stream()
          .filter(date -> pinned.contains(date.id()))
          .forEach(date -> begun.put(date.id(), date.ruleStart()));
      dates.keep(part, begun);
      planned.addAll(MakeDates.planned(part, matching.free().get(i)));
    }
    store.insert(planned, now);
  }

  /// Dates that nobody counts on, and with them what the roster put there.
  private void remove(EventHead event, List<StandingDate> unclaimed) {
    if (unclaimed.isEmpty()) {
      return;
    }
    List<UUID> people = unclaimed.stream().flatMap(date -> date.roster().stream()).toList();
    forget(event, people);
    dates.delete(unclaimed.stream().map(StandingDate::id).toList());
  }

  /// With where they were.
  void forget(EventHead event, List<UUID> people) {
    if (people.isEmpty()) {
      return;
    }
    attendance.forget(people);
    people.forEach(
        participant ->
            outbox.write(
                event.organization(),
                "participant_removed",
                "participant:" + participant,
                Map.of(
                    "participant_id",
                    participant,
                    "organization_id",
                    event.organization().value())));
  }
}
