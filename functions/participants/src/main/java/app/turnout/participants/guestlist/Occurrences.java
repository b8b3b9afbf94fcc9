package app.turnout.participants.guestlist;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The dates that people are added to.
@Singleton
public final class Occurrences {
  /// A date that was found.
  ///
  /// @param isOver whether nobody can be expected there any more
  public record Found(OccurrenceId id, boolean isCancelled, boolean isOver) {}

  private final Database database;

  Occurrences(Database database) {
    this.database = database;
  }

  /// The date of an event that is meant.
  ///
  /// @param chosen null for the current one, else the next, else the last
  public Optional<Found> find(EventId event, @Nullable OccurrenceId chosen, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            select o.id,
                   'cancelled' in (o.status, e.status) as is_cancelled,
                   o.ends_at <= :now or 'cancelled' in (o.status, e.status) as is_over
            from events e
            join occurrences o on o.event_id = e.id
            where e.id = :event
              and o.id = coalesce(cast(:chosen as uuid), meant_occurrence(e.id, :now))
            """)
        .bind("event", event.value())
        .bind("chosen", chosen == null ? null : chosen.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map(
            (row, context) ->
                new Found(
                    new OccurrenceId(row.getObject("id", UUID.class)),
                    row.getBoolean("is_cancelled"),
                    row.getBoolean("is_over")))
        .findOne();
  }
}
