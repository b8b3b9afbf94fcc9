package app.turnout.events.planning;

import app.turnout.domain.EventId;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;

/// Events of the tenant that the transaction has entered, each with the date that is meant now.
@Singleton
final class EventRepository {
  private final Database database;
  private final EventRows rows;

  EventRepository(Database database, EventRows rows) {
    this.database = database;
    this.rows = rows;
  }

  Optional<Event> find(EventId id, Instant now) {
    return find(EventRows.SELECT + "where e.id = :id", id, now);
  }

  /// As [#find], and no other transaction changes the event until this one ends.
  Optional<Event> findForUpdate(EventId id, Instant now) {
    return find(EventRows.SELECT + "where e.id = :id for update of e", id, now);
  }

  /// Throws NoSuchElementException.
  Event get(EventId id, Instant now) {
    return find(id, now).orElseThrow(() -> new NoSuchElementException("event " + id));
  }

  /// Whether any of its dates has participants; none joins until the transaction ends.
  boolean isSomebodyExpected(EventId id) {
    database
        .handle()
        .createQuery("select id from occurrences where event_id = :id order by id for update")
        .bind("id", id.value())
        .mapTo(UUID.class)
        .list();
    return database
        .handle()
        .createQuery(
            """
            select exists (
              select
              from occurrences o
              join participants p on p.occurrence_id = o.id
              where o.event_id = :id)
            """)
        .bind("id", id.value())
        .mapTo(Boolean.class)
        .one();
  }

  private Optional<Event> find(String query, EventId id, Instant now) {
    return rows
        .withParts(
            database
                .handle()
                .createQuery(query)
                .bind("id", id.value())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .map((row, context) -> rows.read(row))
                .list())
        .stream()
        .findFirst();
  }
}
