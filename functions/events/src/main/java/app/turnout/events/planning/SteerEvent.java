package app.turnout.events.planning;

import app.turnout.domain.EventId;
import app.turnout.events.dates.TellOfDates;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Cancels an event, ends it, puts it away, deletes it, and opens and closes its registration. All
/// throw ProblemException: `not_found`, and `illegal_status_change` naming from and to.
@Singleton
final class SteerEvent {
  private final EventRepository events;
  private final EventWriter writer;
  private final AuditLog auditLog;
  private final EventNews news;
  private final TellOfDates tell;
  private final InstantSource time;

  SteerEvent(
      EventRepository events,
      EventWriter writer,
      AuditLog auditLog,
      EventNews news,
      TellOfDates tell,
      InstantSource time) {
    this.events = events;
    this.writer = writer;
    this.auditLog = auditLog;
    this.news = news;
    this.tell = tell;
    this.time = time;
  }

  /// Cancels a draft, or an event that is not over with its date. Everyone who is expected hears of
  /// a published one.
  ///
  /// @param reason told to them; null when nobody says
  Event cancel(EventId id, @Nullable String reason) {
    Instant now = time.instant();
    Event before = lock(id, now);
    EventStatus status = before.statusAt(now);
    if (status == EventStatus.COMPLETED || status == EventStatus.CANCELLED) {
      throw illegal(status, EventStatus.CANCELLED);
    }
    if (before.isRecurring() && status != EventStatus.DRAFT) {
      tell.allToCome(before.organization(), id, true, now);
    }
    Event after =
        keep(
            "event.cancelled",
            before,
            EventStatus.CANCELLED,
            new Course(
                before.course().registrationClosedAt(),
                now,
                reason,
                null,
                before.course().archivedAt()),
            now);
    if (status != EventStatus.DRAFT && !before.isRecurring()) {
      news.cancelled(before);
    }
    return after;
  }

  /// Ends an event that has begun, before its time; later dates of a recurring one are cancelled.
  Event complete(EventId id) {
    Instant now = time.instant();
    Event before = lock(id, now);
    EventStatus status = before.statusAt(now);
    if (status != EventStatus.ACTIVE) {
      throw illegal(status, EventStatus.COMPLETED);
    }
    if (before.isRecurring()) {
      tell.allToCome(before.organization(), id, true, now);
    } else {
      news.changed(before);
    }
    Course course = before.course();
    return keep(
        "event.completed",
        before,
        EventStatus.COMPLETED,
        new Course(course.registrationClosedAt(), null, null, now, course.archivedAt()),
        now);
  }

  /// Puts away what is over, cancelled or was never published. One that is archived stays so.
  Event archive(EventId id) {
    Instant now = time.instant();
    Event before = lock(id, now);
    EventStatus status = before.statusAt(now);
    if (status == EventStatus.SCHEDULED || status == EventStatus.ACTIVE) {
      throw new ProblemException(
          ProblemType.ILLEGAL_STATUS_CHANGE, "The event is " + status.wire() + ", not over");
    }
    return before.course().archivedAt() != null
        ? before
        : keep("event.archived", before, now, course -> archivedAt(course, now));
  }

  /// Brings back what was archived.
  Event unarchive(EventId id) {
    Instant now = time.instant();
    Event before = lock(id, now);
    return before.course().archivedAt() == null
        ? before
        : keep("event.unarchived", before, now, course -> archivedAt(course, null));
  }

  /// Nobody signs up from now on, whatever the deadline.
  Event closeRegistration(EventId id) {
    Instant now = time.instant();
    Event before = lock(id, now);
    return before.course().registrationClosedAt() != null
        ? before
        : keep("event.registration_closed", before, now, course -> closedAt(course, now));
  }

  /// The deadline alone decides again.
  Event openRegistration(EventId id) {
    Instant now = time.instant();
    Event before = lock(id, now);
    return before.course().registrationClosedAt() == null
        ? before
        : keep("event.registration_opened", before, now, course -> closedAt(course, null));
  }

  /// Deletes a draft, or an event that nobody is expected at. Throws `conflict` otherwise.
  void delete(EventId id) {
    Instant now = time.instant();
    Event event = lock(id, now);
    if (event.status() != EventStatus.DRAFT && events.isSomebodyExpected(id)) {
      throw new ProblemException(
          ProblemType.CONFLICT, "Somebody is expected there; the event can be cancelled");
    }
    writer.delete(id);
    auditLog.record(
        new AuditEntry(
            event.organization(),
            "event.deleted",
            "event",
            id.value(),
            EventResponse.of(event, now),
            null));
  }

  private Event lock(EventId id, Instant now) {
    return events.findForUpdate(id, now).orElseThrow(() -> ProblemException.notFound("event"));
  }

  private static ProblemException illegal(EventStatus from, EventStatus to) {
    return new ProblemException(
        ProblemType.ILLEGAL_STATUS_CHANGE,
        "The event is " + from.wire() + ", and cannot become " + to.wire());
  }

  private Event keep(String action, Event before, Instant now, UnaryOperator<Course> change) {
    return keep(action, before, before.status(), change.apply(before.course()), now);
  }

  private Event keep(String action, Event before, EventStatus status, Course course, Instant now) {
    writer.steer(before.id(), status, course, now);
    auditLog.record(
        new AuditEntry(
            before.organization(),
            action,
            "event",
            before.id().value(),
            new Steered(before.status(), before.course()),
            new Steered(status, course)));
    return events.get(before.id(), now);
  }

  private static Course archivedAt(Course course, @Nullable Instant at) {
    return new Course(
        course.registrationClosedAt(),
        course.cancelledAt(),
        course.cancellationReason(),
        course.completedAt(),
        at);
  }

  private static Course closedAt(Course course, @Nullable Instant at) {
    return new Course(
        at,
        course.cancelledAt(),
        course.cancellationReason(),
        course.completedAt(),
        course.archivedAt());
  }
}
