package app.turnout.events.planning;

import app.turnout.events.rules.RecurrenceSet;
import app.turnout.events.series.MakeDates;
import app.turnout.events.series.Own;
import app.turnout.events.series.Part;
import app.turnout.events.series.SeriesId;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Stores a new event: a one-off with its date, a recurring one with its first part and the dates
/// of the time to come.
@Singleton
final class StoreEvent {
  private static final Duration PAST = Duration.ofDays(366);

  private final EventWriter writer;
  private final EventRepository events;
  private final MakeDates makeDates;
  private final Ids ids;

  StoreEvent(EventWriter writer, EventRepository events, MakeDates makeDates, Ids ids) {
    this.writer = writer;
    this.events = events;
    this.makeDates = makeDates;
    this.ids = ids;
  }

  /// Throws ProblemException where a recurring one would begin long ago.
  ///
  /// @param recurrence null of a one-off event
  /// @return the event as it is kept
  Event store(Event event, @Nullable RecurrenceSet recurrence) {
    if (recurrence == null) {
      writer.insert(event);
      return event;
    }
    Instant now = event.createdAt();
    mustNotBeLongAgo(event.occurrence(), now);
    writer.insert(event);
    makeDates.begin(
        new Part(
            new SeriesId(ids.next()),
            event.organization(),
            event.id(),
            event.occurrence().localStart(),
            event.occurrence().localEnd(),
            event.zone(),
            recurrence.rrule().orElse(null),
            recurrence.rdates(),
            recurrence.exdates(),
            null,
            event.occurrence().localStart(),
            Own.NOTHING),
        now);
    return events.get(event.id(), now);
  }

  /// All dates since then would be made.
  private static void mustNotBeLongAgo(Occurrence first, Instant now) {
    if (first.window().start().isBefore(now.minus(PAST))) {
      throw ProblemException.invalidField(
          "starts_at", "past", "must not be more than a year ago where the event recurs");
    }
  }
}
