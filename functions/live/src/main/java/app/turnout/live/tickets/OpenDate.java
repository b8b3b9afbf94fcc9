package app.turnout.live.tickets;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.live.Dates;
import app.turnout.live.Sight;
import app.turnout.live.WatchedDate;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.CurrentCaller;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds the date that a caller may watch. A link's is its own: another one is not there for it.
@Singleton
final class OpenDate {
  private final CurrentCaller caller;
  private final Dates dates;

  OpenDate(CurrentCaller caller, Dates dates) {
    this.caller = caller;
    this.dates = dates;
  }

  /// @param chosen null for a link's own date, or the one that is meant by default
  WatchedDate open(EventId event, @Nullable UUID chosen, Instant now) {
    OccurrenceId occurrence = chosen == null ? null : new OccurrenceId(chosen);
    if (caller.get() instanceof Caller.Link link) {
      if (!link.event().equals(event)
          || (occurrence != null && !link.occurrence().equals(occurrence))) {
        throw ProblemException.notFound("event");
      }
      occurrence = link.occurrence();
    }
    return dates.find(event, occurrence, now).orElseThrow(() -> ProblemException.notFound("event"));
  }

  /// What of the date the caller is shown.
  Sight sight(WatchedDate date) {
    if (caller.get() instanceof Caller.Link link) {
      return date.isShared()
              && dates
                  .consents(date, List.of(link.participant()))
                  .shared()
                  .contains(link.participant())
          ? new Sight.Shared(link.participant())
          : new Sight.Own(link.participant());
    }
    return new Sight.Everything();
  }
}
