package app.turnout.events.dates;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.events.Catalogue;
import app.turnout.events.series.Own;
import app.turnout.events.series.Part;
import app.turnout.events.series.SeriesRepository;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.json.MergePatch;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Changes one date of a recurring event, and no other.
@Singleton
final class EditDate {
  private final HeldDates held;
  private final DateRepository dates;
  private final SeriesRepository parts;
  private final DateWishes wishes;
  private final Catalogue catalogue;
  private final AuditLog auditLog;
  private final TellOfDates tell;

  EditDate(
      HeldDates held,
      DateRepository dates,
      SeriesRepository parts,
      DateWishes wishes,
      Catalogue catalogue,
      AuditLog auditLog,
      TellOfDates tell) {
    this.held = held;
    this.dates = dates;
    this.parts = parts;
    this.wishes = wishes;
    this.catalogue = catalogue;
    this.auditLog = auditLog;
    this.tell = tell;
  }

  /// Throws ProblemException: `not_found`, `precondition_failed`, `illegal_status_change` when it
  /// is over or cancelled, and `invalid_fields`. Everyone who is expected hears of another time or
  /// place of a published one.
  EventDate edit(
      EventId event, OccurrenceId id, ExpectedVersion expected, MergePatch<DateRequest> patch) {
    HeldDates.Held found = held.hold(event, id);
    EventDate before = found.date();
    expected.mustBe(before.version());
    found.mustBeChangeable();
    DateRequest request = patch.appliedTo(DateRequest.own(before));
    List<FieldError> errors = new ArrayList<>();
    if (request.recurrence() != null) {
      errors.add(
          new FieldError("recurrence", "exclusive", "is for scope=this_and_later and scope=all"));
    }
    Own own = wishes.words(request, patch, before.said().area(), errors);
    LocalDateTime usualStart = Objects.requireNonNullElse(before.ruleStart(), before.localStart());
    Duration usualLength = usualLength(before);
    DateWishes.Times times =
        DateWishes.mentionsTimes(patch)
            ? DateWishes.times(request, patch, before.zone(), usualStart, usualLength, errors)
            : new DateWishes.Times(before.localStart(), before.localEnd());
    if (!errors.isEmpty()) {
      throw ProblemException.invalidFields(errors);
    }
    boolean isMoved =
        before.ruleStart() != null
            && !(times.start().equals(usualStart) && times.length().equals(usualLength));
    dates.update(before.id(), own, times, before.zone(), isMoved, found.now());
    EventDate after = dates.get(event, id);
    if (found.event().isPublished() && !after.window().end().isAfter(found.now())) {
      throw ProblemException.invalidField(
          "ends_at", "future", "must be in the future: the event is published");
    }
    held.touch(found.event().id(), found.now());
    auditLog.record(
        new AuditEntry(
            before.organization(),
            "date.updated",
            "occurrence",
            id.value(),
            DateResponse.of(before, found.now()),
            DateResponse.of(after, found.now())));
    if (found.event().isPublished() && isElsewhere(before, after)) {
      tell.moved(before.organization(), id.value());
    }
    catalogue.refresh(event);
    return after;
  }

  private Duration usualLength(EventDate date) {
    return parts.list(date.event()).stream()
        .filter(part -> part.id().equals(date.series()))
        .map(Part::length)
        .findFirst()
        .orElseGet(() -> Duration.between(date.localStart(), date.localEnd()));
  }

  private static boolean isElsewhere(EventDate before, EventDate after) {
    return !before.window().equals(after.window())
        || !Objects.equals(before.said().area(), after.said().area())
        || !Objects.equals(before.said().position(), after.said().position());
  }
}
