package app.turnout.events.dates;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.events.planning.EventStatus;
import app.turnout.events.rules.RecurrenceSet;
import app.turnout.events.series.MakeDates;
import app.turnout.events.series.Own;
import app.turnout.events.series.Part;
import app.turnout.events.series.RecurrenceBody;
import app.turnout.events.series.Recurrences;
import app.turnout.events.series.SeriesId;
import app.turnout.events.series.SeriesRepository;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.json.MergePatch;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Changes a date and all later ones, or all that are to come. Another time or rule puts new parts
/// in the place of the old ones; what is past stays as it was.
@Singleton
final class EditSeries {
  private final HeldDates held;
  private final SeriesRepository parts;
  private final StandingDates standing;
  private final DateWishes wishes;
  private final Ids ids;
  private final KeepSeries keep;

  EditSeries(
      HeldDates held,
      SeriesRepository parts,
      StandingDates standing,
      DateWishes wishes,
      Ids ids,
      KeepSeries keep) {
    this.held = held;
    this.parts = parts;
    this.standing = standing;
    this.wishes = wishes;
    this.ids = ids;
    this.keep = keep;
  }

  /// Throws ProblemException: `not_found`, `precondition_failed` (of the event's version),
  /// `illegal_status_change`, `conflict` for a date that stands alone, `dates_affected` and
  /// `invalid_fields`.
  ///
  /// @param isAll whether all dates to come are meant, not only this and later ones
  Replan.Outcome edit(
      EventId event,
      OccurrenceId id,
      boolean isAll,
      ExpectedVersion expected,
      MergePatch<DateRequest> patch,
      @Nullable OnAffected onAffected) {
    HeldDates.Held found = held.hold(event, id);
    expected.mustBe(found.event().version());
    found.event().mustBeChangeable();
    found.event().mustRecur();
    EventDate date = found.date();
    LocalDateTime ruleStart = date.ruleStart();
    if (ruleStart == null) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The date stands alone; change it with scope=this");
    }
    List<Part> present = parts.list(event);
    Part itsPart =
        present.stream().filter(part -> part.id().equals(date.series())).findFirst().orElseThrow();
    List<StandingDate> dates = standing.lock(event, found.now());
    LocalDateTime cut = isAll ? firstToCome(dates) : ruleStart;
    if (!isAll && found.status() != EventStatus.SCHEDULED && date.cancelledAt() == null) {
      throw new ProblemException(
          ProblemType.ILLEGAL_STATUS_CHANGE,
          "The date is " + found.status().wire() + "; choose one that is to come");
    }
    DateRequest request = patch.appliedTo(DateRequest.said(date, RecurrenceBody.of(itsPart)));
    List<FieldError> errors = new ArrayList<>();
    Own words = wishes.words(request, patch, date.said().area(), errors);
    if (isAll && words.title() == null) {
      errors.add(new FieldError("title", "required", "must not be null"));
    }
    Asked asked =
        new Asked(
            found,
            patch,
            isAll,
            words,
            DateWishes.times(request, patch, date.zone(), ruleStart, itsPart.length(), errors),
            request.recurrence());
    List<Part> come =
        patch.mentions("recurrence")
            ? byRule(asked, itsPart, cut, errors)
            : byParts(asked, present, ruleStart, cut, errors);
    if (!errors.isEmpty()) {
      throw ProblemException.invalidFields(errors);
    }
    boolean isElsewhere = DateWishes.mentionsPlace(patch);
    if (isAll) {
      keep.say(found.event(), words, patch, found.now());
    }
    return keep.replan(
        new Replan.Wish(
            found.event(), present, dates, cut, come, onAffected, isElsewhere, found.now()),
        isAll ? "event.dates_updated" : "event.later_dates_updated");
  }

  private record Asked(
      HeldDates.Held found,
      MergePatch<DateRequest> patch,
      boolean isAll,
      Own words,
      DateWishes.Times times,
      @Nullable RecurrenceBody recurrence) {}

  private static LocalDateTime firstToCome(List<StandingDate> dates) {
    return dates.stream()
        .filter(date -> !date.isBegun())
        .map(StandingDate::ruleStart)
        .min(Comparator.naturalOrder())
        .orElseThrow(
            () -> new ProblemException(ProblemType.CONFLICT, "The event has no date to come"));
  }

  /// One part, by a rule that is given.
  private List<Part> byRule(Asked asked, Part itsPart, LocalDateTime cut, List<FieldError> errors) {
    if (asked.recurrence() == null) {
      errors.add(new FieldError("recurrence", "required", "must not be null"));
      return List.of();
    }
    LocalDateTime start =
        DateWishes.mentionsTimes(asked.patch()) || !asked.isAll() ? asked.times().start() : cut;
    RecurrenceSet set = Recurrences.read(asked.recurrence(), start, itsPart.zone(), errors);
    if (set == null) {
      return List.of();
    }
    if (!RecurrenceSet.instant(set.start(), itsPart.zone()).isAfter(asked.found().now())) {
      errors.add(new FieldError("starts_at", "future", "must be in the future"));
    }
    return List.of(part(itsPart, set, asked.times().length(), own(asked, itsPart)));
  }

  /// The rules that there are, from the first date that changes on, at the time that is given.
  private List<Part> byParts(
      Asked asked,
      List<Part> present,
      LocalDateTime ruleStart,
      LocalDateTime cut,
      List<FieldError> errors) {
    boolean isOther = DateWishes.mentionsTimes(asked.patch());
    DateWishes.Times times = asked.times();
    EventDate date = asked.found().date();
    if (isOther
        && !times.start().toLocalDate().equals(ruleStart.toLocalDate())
        && !times.start().toLocalDate().equals(date.localStart().toLocalDate())) {
      errors.add(
          new FieldError(
              "starts_at", "same_day", "must be on the date's day, unless recurrence is given"));
    }
    List<Part> come = new ArrayList<>();
    for (Part part : present) {
      if (part.endsBefore() != null && !part.endsBefore().isAfter(cut)) {
        continue;
      }
      Optional<RecurrenceSet> rest = MakeDates.set(part).startingFrom(cut);
      if (rest.isEmpty()
          || (part.endsBefore() != null && !rest.get().start().isBefore(part.endsBefore()))) {
        continue;
      }
      RecurrenceSet set = rest.get();
      Duration later =
          isOther
              ? Duration.between(set.start().toLocalTime(), times.start().toLocalTime())
              : Duration.ZERO;
      if (!later.isZero() && set.rrule().orElse("").matches(".*BY(HOUR|MINUTE|SECOND)=.*")) {
        errors.add(
            new FieldError(
                "recurrence", "required", "is needed: the rule says itself at what time it is"));
        return List.of();
      }
      come.add(
          part(
                  part,
                  shifted(set, later),
                  isOther ? times.length() : part.length(),
                  own(asked, part))
              .until(part.endsBefore() == null ? null : part.endsBefore().plus(later)));
    }
    return come;
  }

  private static RecurrenceSet shifted(RecurrenceSet set, Duration later) {
    return later.isZero()
        ? set
        : RecurrenceSet.stored(
            set.rrule().map(rrule -> RecurrenceBody.untilShifted(rrule, later)).orElse(null),
            set.rdates().stream().map(time -> time.plus(later)).toList(),
            set.exdates().stream().map(time -> time.plus(later)).toList(),
            set.start().plus(later),
            set.zone());
  }

  private Part part(Part like, RecurrenceSet set, Duration length, Own own) {
    return new Part(
        new SeriesId(ids.next()),
        like.organization(),
        like.event(),
        set.start(),
        set.start().plus(length),
        like.zone(),
        set.rrule().orElse(null),
        set.rdates(),
        set.exdates(),
        null,
        set.start(),
        own);
  }

  /// What a part says of itself: what is asked of later dates, and of all, nothing but what was not
  /// asked about.
  private static Own own(Asked asked, Part part) {
    MergePatch<DateRequest> patch = asked.patch();
    Own said = asked.isAll() ? Own.NOTHING : asked.words();
    Own before = part.own();
    boolean isPlace = DateWishes.mentionsPlace(patch);
    return new Own(
        patch.mentions("title") ? said.title() : before.title(),
        patch.mentions("description") ? said.description() : before.description(),
        isPlace ? said.area() : before.area(),
        isPlace ? said.position() : before.position(),
        patch.mentions("capacity") ? said.capacity() : before.capacity());
  }
}
