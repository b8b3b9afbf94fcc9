package app.turnout.events.planning;

import app.turnout.domain.EventId;
import app.turnout.events.dates.TellOfDates;
import app.turnout.events.rules.RecurrenceSet;
import app.turnout.events.series.Part;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.plans.PlanAllowance;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Changes what is said of an event. When a published one gets another time or place, everyone who
/// is expected hears of it.
@Singleton
final class UpdateEvent {
  private final DraftEvent draftEvent;
  private final EventRepository events;
  private final EventWriter writer;
  private final AuditLog auditLog;
  private final EventNews news;
  private final PlanAllowance allowance;
  private final TellOfDates tell;
  private final InstantSource time;

  UpdateEvent(
      DraftEvent draftEvent,
      EventRepository events,
      EventWriter writer,
      AuditLog auditLog,
      EventNews news,
      PlanAllowance allowance,
      TellOfDates tell,
      InstantSource time) {
    this.draftEvent = draftEvent;
    this.events = events;
    this.writer = writer;
    this.auditLog = auditLog;
    this.news = news;
    this.allowance = allowance;
    this.tell = tell;
    this.time = time;
  }

  /// Throws ProblemException: `not_found`, `precondition_failed`, `illegal_status_change` when it
  /// is over, cancelled or archived, `plan_limit_reached` when the date of a draft comes back from
  /// the past, and `invalid_fields` naming each field that does not fit the others.
  ///
  /// @param change from what it is to what it is to be
  Event update(EventId id, ExpectedVersion expected, UnaryOperator<EventRequest> change) {
    Instant now = time.instant();
    Event before =
        events.findForUpdate(id, now).orElseThrow(() -> ProblemException.notFound("event"));
    expected.mustBe(before.version());
    EventStatus status = before.statusAt(now);
    mustBeChangeable(before, status);
    EventRequest present = EventRequest.of(before);
    Event after = changed(before, change.apply(present), now);
    boolean published = status != EventStatus.DRAFT;
    boolean recurs = before.isRecurring();
    if (published && !recurs && !after.occurrence().window().end().isAfter(now)) {
      throw ProblemException.invalidField(
          "ends_at", "future", "must be in the future: the event is published");
    }
    if (isOver(before, now) && !isOver(after, now)) {
      allowance.mustAllowEvent(before.organization());
    }
    writer.update(after);
    auditLog.record(
        new AuditEntry(
            before.organization(),
            "event.updated",
            "event",
            id.value(),
            present,
            EventRequest.of(after)));
    if (published && recurs && isAtAnotherPlace(before, after)) {
      tell.allToCome(before.organization(), id, false, now);
    }
    if (published && !recurs && isElsewhere(before, after)) {
      news.moved(after);
    } else if (published) {
      news.changed(after);
    }
    return events.get(id, now);
  }

  /// Such an event does not count against the plan.
  private static boolean isOver(Event event, Instant now) {
    return !event.occurrence().window().end().isAfter(now);
  }

  private static void mustBeChangeable(Event event, EventStatus status) {
    if (status == EventStatus.COMPLETED || status == EventStatus.CANCELLED) {
      throw new ProblemException(
          ProblemType.ILLEGAL_STATUS_CHANGE,
          "The event is " + status.wire() + ", and stays as it is");
    }
    if (event.course().archivedAt() != null) {
      throw new ProblemException(ProblemType.CONFLICT, "The event is archived");
    }
  }

  private Event changed(Event before, EventRequest request, Instant now) {
    if (request.type() != null && request.type() != before.type()) {
      throw ProblemException.invalidField("type", "fixed", "stays what it was when it was planned");
    }
    DraftEvent.Draft draft =
        draftEvent.draft(
            request,
            before.type(),
            before.occurrence().id(),
            before.occurrence().status(),
            before.area());
    Part part = before.part();
    if (part != null && !isWhenever(part, draft)) {
      throw ProblemException.invalidField(
          "recurrence",
          "by_date",
          "and the times of a recurring event change by one of its dates, with scope=all");
    }
    return new Event(
        before.id(),
        before.organization(),
        draft.title(),
        request.description(),
        request.category(),
        before.type(),
        before.status(),
        draft.visibility(),
        draft.area(),
        draft.position(),
        draft.arrivalRadiusMetres(),
        draft.zone(),
        request.capacity(),
        draft.trackingOpensMinutesBefore(),
        draft.checkInOnArrival(),
        draft.positionsVisibleTo(),
        draft.announcement(),
        before.course(),
        before.createdBy(),
        before.createdAt(),
        now,
        before.version() + 1,
        draft.occurrence(),
        before.parts());
  }

  private static boolean isWhenever(Part part, DraftEvent.Draft draft) {
    RecurrenceSet asked = draft.recurrence();
    return asked != null
        && draft.occurrence().localStart().equals(part.localStart())
        && draft.occurrence().localEnd().equals(part.localEnd())
        && draft.zone().equals(part.zone())
        && Objects.equals(asked.rrule().orElse(null), part.rrule())
        && Set.copyOf(asked.rdates()).equals(Set.copyOf(part.rdates()))
        && Set.copyOf(asked.exdates()).equals(Set.copyOf(part.exdates()));
  }

  private static boolean isElsewhere(Event before, Event after) {
    return !before.occurrence().window().equals(after.occurrence().window())
        || isAtAnotherPlace(before, after);
  }

  private static boolean isAtAnotherPlace(Event before, Event after) {
    return !Objects.equals(before.area(), after.area())
        || !Objects.equals(before.position(), after.position());
  }
}
