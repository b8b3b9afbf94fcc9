package app.turnout.events.planning;

import app.turnout.domain.EventId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// Publishes a draft: from now on it counts, and its date comes by itself.
@Singleton
final class ActivateEvent {
  /// What came of it.
  sealed interface Outcome {
    record Activated(Event event) implements Outcome {}

    /// It was published before, or cancelled.
    ///
    /// @param status that the event has instead of `draft`
    record NotADraft(EventStatus status) implements Outcome {}

    /// Its date has passed.
    record Over() implements Outcome {}

    record NoSuchEvent() implements Outcome {}
  }

  private final EventRepository events;
  private final EventWriter writer;
  private final AuditLog auditLog;
  private final InstantSource time;

  ActivateEvent(EventRepository events, EventWriter writer, AuditLog auditLog, InstantSource time) {
    this.events = events;
    this.writer = writer;
    this.auditLog = auditLog;
    this.time = time;
  }

  Outcome activate(EventId id) {
    Instant now = time.instant();
    return events
        .findForUpdate(id, now)
        .map(event -> activate(event, now))
        .orElseGet(Outcome.NoSuchEvent::new);
  }

  private Outcome activate(Event event, Instant now) {
    EventStatus status = event.status().at(now, event.occurrence().window());
    if (status != EventStatus.DRAFT) {
      return new Outcome.NotADraft(status);
    }
    if (!now.isBefore(event.occurrence().window().end())) {
      return new Outcome.Over();
    }
    writer.changeStatus(event.id(), EventStatus.SCHEDULED, now);
    auditLog.record(
        new AuditEntry(
            event.organization(),
            "event.activated",
            "event",
            event.id().value(),
            Map.of("status", "draft"),
            Map.of("status", "scheduled")));
    return new Outcome.Activated(events.get(event.id(), now));
  }
}
