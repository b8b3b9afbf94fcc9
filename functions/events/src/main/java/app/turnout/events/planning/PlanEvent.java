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
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes an event, as a draft, with its date or the first of its dates.
@Singleton
final class PlanEvent {
  private final DraftEvent draftEvent;
  private final StoreEvent storeEvent;
  private final AuditLog auditLog;
  private final PlanAllowance allowance;
  private final Ids ids;
  private final InstantSource time;

  PlanEvent(
      DraftEvent draftEvent,
      StoreEvent storeEvent,
      AuditLog auditLog,
      PlanAllowance allowance,
      Ids ids,
      InstantSource time) {
    this.draftEvent = draftEvent;
    this.storeEvent = storeEvent;
    this.auditLog = auditLog;
    this.allowance = allowance;
    this.ids = ids;
    this.time = time;
  }

  /// Throws ProblemException naming each field that does not fit the others, or when the tenant's
  /// plan allows no more events.
  Event plan(OrganizationId organization, @Nullable UserId planner, EventRequest request) {
    DraftEvent.Draft draft =
        draftEvent.draft(
            request,
            Objects.requireNonNullElse(request.type(), EventType.DEMAND),
            new OccurrenceId(ids.next()),
            EventStatus.SCHEDULED,
            null);
    allowance.mustAllowEvent(organization);
    Instant now = time.instant();
    Event event =
        storeEvent.store(
            new Event(
                new EventId(ids.next()),
                organization,
                draft.title(),
                request.description(),
                request.category(),
                draft.recurrence() == null ? EventType.DEMAND : EventType.PERIODIC,
                EventStatus.DRAFT,
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
                Course.FIRST,
                planner,
                now,
                now,
                1,
                draft.occurrence(),
                List.of()),
            draft.recurrence());
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
