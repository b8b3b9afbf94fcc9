package app.turnout.events.dates;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.events.Catalogue;
import app.turnout.events.planning.EventStatus;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Cancels a date of a recurring event, and takes that back.
@Singleton
final class SteerDate {
  private final HeldDates held;
  private final DateRepository dates;
  private final Catalogue catalogue;
  private final AuditLog auditLog;
  private final TellOfDates tell;

  SteerDate(
      HeldDates held,
      DateRepository dates,
      Catalogue catalogue,
      AuditLog auditLog,
      TellOfDates tell) {
    this.held = held;
    this.dates = dates;
    this.catalogue = catalogue;
    this.auditLog = auditLog;
    this.tell = tell;
  }

  /// Everyone who is expected hears of it when the event is published.
  ///
  /// @param reason told to them; null when nobody says
  EventDate cancel(EventId event, OccurrenceId id, @Nullable String reason) {
    HeldDates.Held found = held.hold(event, id);
    found.mustBeChangeable();
    dates.steer(id, EventStatus.CANCELLED, found.now(), reason, found.now());
    if (found.event().isPublished()) {
      tell.cancelled(found.event().organization(), id.value());
    }
    return changed("date.cancelled", found);
  }

  /// Has a cancelled date take place that is not over. Everyone who is expected hears of it.
  EventDate restore(EventId event, OccurrenceId id) {
    HeldDates.Held found = held.hold(event, id);
    found.event().mustBeChangeable();
    found.event().mustRecur();
    EventDate date = found.date();
    if (date.status() != EventStatus.CANCELLED) {
      throw new ProblemException(
          ProblemType.ILLEGAL_STATUS_CHANGE,
          "The date is " + found.status().wire() + ", and only a cancelled one is restored");
    }
    if (!date.window().end().isAfter(found.now())) {
      throw new ProblemException(ProblemType.ILLEGAL_STATUS_CHANGE, "The date is over");
    }
    dates.steer(id, EventStatus.SCHEDULED, null, null, found.now());
    if (found.event().isPublished()) {
      tell.changed(found.event().organization(), event, Map.of(id.value(), date.window().start()));
    }
    return changed("date.restored", found);
  }

  private EventDate changed(String action, HeldDates.Held found) {
    EventDate before = found.date();
    EventDate after = dates.get(before.event(), before.id());
    held.touch(found.event().id(), found.now());
    auditLog.record(
        new AuditEntry(
            before.organization(),
            action,
            "occurrence",
            before.id().value(),
            DateResponse.of(before, found.now()),
            DateResponse.of(after, found.now())));
    catalogue.refresh(before.event());
    return after;
  }
}
