package app.turnout.events;

import app.turnout.domain.AreaId;
import app.turnout.domain.EventId;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// What everybody may read of events. Whoever changes an event, its dates, parts, ticket types or
/// place refreshes it at last, in the same transaction.
@Singleton
public final class Catalogue {
  private final Database database;

  Catalogue(Database database) {
    this.database = database;
  }

  /// Publishes the event as it is now, or takes it out when it is not public. An event that is
  /// deleted is out by itself. Until the transaction ends nobody else changes the event.
  public void refresh(EventId event) {
    refresh(List.of(event));
  }

  /// As above, of many at once.
  public void refresh(Collection<EventId> events) {
    if (events.isEmpty()) {
      return;
    }
    database
        .handle()
        .createQuery("select refresh_catalogue(:events)")
        .bindArray("events", UUID.class, events.stream().map(EventId::value).toList())
        .mapTo(String.class)
        .list();
  }

  /// The events that are held in an area, or some date of them.
  public List<EventId> heldIn(AreaId area) {
    return database
        .handle()
        .createQuery(
            """
            select id from events where area_id = :area
            union
            select event_id from series where area_id = :area
            union
            select event_id from occurrences where area_id = :area
            """)
        .bind("area", area.value())
        .mapTo(UUID.class)
        .stream()
        .map(EventId::new)
        .toList();
  }
}
