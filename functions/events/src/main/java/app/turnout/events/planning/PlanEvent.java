package app.turnout.events.planning;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.plans.PlanAllowance;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Makes a one-off event, as a draft, with its one date.
@Singleton
final class PlanEvent {
  private final DraftEvent draftEvent;
  private final EventWriter events;
  private final AuditLog auditLog;
  private final PlanAllowance allowance;
  private final Ids ids;
  private final InstantSource time;

  PlanEvent(
      DraftEvent draftEvent,
      EventWriter events,
      AuditLog auditLog,
      PlanAllowance allowance,
      Ids ids,
      InstantSource time) {
    this.draftEvent = draftEvent;
    this.events = events;
    this.auditLog = auditLog;
    this.allowance = allowance;
    this.ids = ids;
    this.time = time;
  }

  /// Throws ProblemException naming each field that does not fit the others, or when the tenant's
  /// plan allows no more events.
  Event plan(OrganizationId organization, @Nullable UserId planner, EventRequest request) {
    DraftEvent.Draft draft =
        draftEvent.draft(request, new OccurrenceId(ids.next()), EventStatus.SCHEDULED, null);
    allowance.mustAllowEvent(organization);
    Instant now = time.instant();
    Event event =
        new Event(
            new EventId(ids.next()),
            organization,
            draft.title(),
            request.description(),
            request.category(),
            EventType.DEMAND,
            EventStatus.DRAFT,
            draft.visibility(),
            draft.area(),
            draft.position(),
            draft.arrivalRadiusMetres(),
            draft.zone(),
            request.capacity(),
            draft.trackingOpensMinutesBefore(),
            draft.checkInOnArrival(),
            draft.announcement(),
            Course.FIRST,
            planner,
            now,
            now,
            1,
            draft.occurrence());
    events.insert(event);
    auditLog.record(
        new AuditEntry(
            organization,
            "event.created",
            "event",
            event.id().value(),
            null,
            EventResponse.of(event, now)));
    return event;
  }
}
