package app.turnout.events.dates;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.events.Catalogue;
import app.turnout.events.planning.EventStatus;
import app.turnout.events.rules.RecurrenceSet;
import app.turnout.events.series.DateStore;
import app.turnout.events.series.MakeDates;
import app.turnout.events.series.Part;
import app.turnout.events.series.SeriesRepository;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Adds dates to a recurring event beside its rule's (RDATE), and leaves some of them out (EXDATE).
@Singleton
final class ExtraDates {
  private final HeldDates held;
  private final DateRepository dates;
  private final SeriesRepository parts;
  private final DateStore store;
  private final Replan replan;
  private final Catalogue catalogue;
  private final AuditLog auditLog;
  private final TellOfDates tell;

  ExtraDates(
      HeldDates held,
      DateRepository dates,
      SeriesRepository parts,
      DateStore store,
      Replan replan,
      Catalogue catalogue,
      AuditLog auditLog,
      TellOfDates tell) {
    this.held = held;
    this.dates = dates;
    this.parts = parts;
    this.store = store;
    this.replan = replan;
    this.catalogue = catalogue;
    this.auditLog = auditLog;
    this.tell = tell;
  }

  /// Stores one more date, as long as the others. Throws ProblemException: `already_exists` where
  /// there is one, and `invalid_fields`.
  EventDate add(EventId event, Instant startsAt) {
    HeldDates.HeldEvent found = held.hold(event);
    EventDate date = add(found.event(), startsAt, found.now());
    held.touch(event, found.now());
    auditLog.record(
        new AuditEntry(
            date.organization(),
            "date.added",
            "occurrence",
            date.id().value(),
            null,
            DateResponse.of(date, found.now())));
    tell.made(date.organization(), event);
    catalogue.refresh(event);
    return date;
  }

  private EventDate add(EventHead head, Instant startsAt, Instant now) {
    head.mustBeChangeable();
    head.mustRecur();
    List<Part> all = parts.list(head.id());
    LocalDateTime start = LocalDateTime.ofInstant(startsAt, all.getLast().zone()).withNano(0);
    Part part =
        all.reversed().stream()
            .filter(each -> !start.isBefore(each.localStart()))
            .findFirst()
            .orElseThrow(
                () ->
                    ProblemException.invalidField(
                        "starts_at", "range", "must not be before the event's first date"));
    if (!startsAt.isAfter(now)) {
      throw ProblemException.invalidField("starts_at", "future", "must be in the future");
    }
    if (!RecurrenceSet.instant(start, part.zone()).equals(startsAt)) {
      throw ProblemException.invalidField(
          "starts_at", "unambiguous", "must be in whole seconds, at an hour that comes once");
    }
    if (dates.has(part.id(), start)) {
      throw new ProblemException(ProblemType.ALREADY_EXISTS, "There is a date at that time");
    }
    List<LocalDateTime> added = new ArrayList<>(part.rdates());
    List<LocalDateTime> leftOut = new ArrayList<>(part.exdates());
    leftOut.remove(start);
    if (!MakeDates.set(part.with(added, leftOut)).has(start)) {
      added.add(start);
    }
    if (added.size() > RecurrenceSet.MOST_SINGLE_DATES) {
      throw ProblemException.invalidField(
          "starts_at",
          "max_items",
          "would be one more than " + RecurrenceSet.MOST_SINGLE_DATES + " dates beside the rule");
    }
    Part with = part.with(added, leftOut);
    parts.update(with, now);
    store.insert(MakeDates.planned(with, List.of(start)), now);
    return dates.get(head.id(), dates.at(part.id(), start));
  }

  /// Removes a date for ever. Throws ProblemException: `conflict` where somebody is expected at one
  /// that is not cancelled, and for the event's only date.
  void leaveOut(EventId event, OccurrenceId id) {
    HeldDates.Held found = held.hold(event, id);
    EventDate date = found.date();
    found.event().mustBeChangeable();
    found.event().mustRecur();
    if (!date.window().start().isAfter(found.now())) {
      throw new ProblemException(ProblemType.ILLEGAL_STATUS_CHANGE, "The date has begun");
    }
    List<UUID> people = dates.people(id);
    if (!people.isEmpty() && date.status() != EventStatus.CANCELLED) {
      throw new ProblemException(
          ProblemType.CONFLICT, "Somebody is expected there; the date can be cancelled");
    }
    if (dates.count(event) == 1) {
      throw new ProblemException(
          ProblemType.CONFLICT, "It is the event's only date; the event can be cancelled");
    }
    LocalDateTime start = date.ruleStart();
    if (start != null) {
      Part part =
          parts.list(event).stream()
              .filter(each -> each.id().equals(date.series()))
              .findFirst()
              .orElseThrow();
      leaveOut(part, start, found.now());
    }
    replan.forget(found.event(), people);
    dates.delete(id);
    held.touch(event, found.now());
    auditLog.record(
        new AuditEntry(
            date.organization(),
            "date.removed",
            "occurrence",
            id.value(),
            DateResponse.of(date, found.now()),
            null));
    catalogue.refresh(event);
  }

  private void leaveOut(Part part, LocalDateTime start, Instant now) {
    List<LocalDateTime> added = new ArrayList<>(part.rdates());
    List<LocalDateTime> leftOut = new ArrayList<>(part.exdates());
    added.remove(start);
    if (MakeDates.set(part.with(added, leftOut)).has(start)) {
      leftOut.add(start);
    }
    if (leftOut.size() > RecurrenceSet.MOST_SINGLE_DATES) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "No more than " + RecurrenceSet.MOST_SINGLE_DATES + " dates are left out of a rule");
    }
    parts.update(part.with(added, leftOut), now);
  }
}
