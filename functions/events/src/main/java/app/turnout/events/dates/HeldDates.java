package app.turnout.events.dates;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.events.planning.EventStatus;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;

/// Holds a date and its event, so that nobody else changes them until the transaction ends.
@Singleton
final class HeldDates {
  /// A date that is held.
  record Held(EventHead event, EventDate date, Instant now) {
    EventStatus status() {
      return date.statusAt(now);
    }

    /// Throws ProblemException unless it is to come, or going on, by a recurring event.
    void mustBeChangeable() {
      event.mustBeChangeable();
      event.mustRecur();
      if (status() == EventStatus.COMPLETED || status() == EventStatus.CANCELLED) {
        throw new ProblemException(
            ProblemType.ILLEGAL_STATUS_CHANGE,
            "The date is " + status().wire() + ", and stays as it is");
      }
    }
  }

  private final EventHeads events;
  private final DateRepository dates;
  private final InstantSource time;

  HeldDates(EventHeads events, DateRepository dates, InstantSource time) {
    this.events = events;
    this.dates = dates;
    this.time = time;
  }

  /// Throws ProblemException: `not_found`.
  Held hold(EventId event, OccurrenceId id) {
    EventHead head = events.lock(event);
    EventDate date =
        dates.findForUpdate(event, id).orElseThrow(() -> ProblemException.notFound("date"));
    return new Held(head, date, time.instant());
  }

  /// An event that is held.
  record HeldEvent(EventHead event, Instant now) {}

  /// Throws ProblemException: `not_found`.
  HeldEvent hold(EventId event) {
    return new HeldEvent(events.lock(event), time.instant());
  }

  /// The event, which is shown with a date, has changed.
  void touch(EventId event, Instant now) {
    events.touch(event, now);
  }
}
