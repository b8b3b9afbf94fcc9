package app.turnout.events.reactions;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.erasure.AreaEraser;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Erases what was planned, and at last the venues.
@Singleton
final class EraseEvents implements AreaEraser {
  private static final int EVENTS = 200;

  private final Database database;

  EraseEvents(Database database) {
    this.database = database;
  }

  @Override
  public String area() {
    return "events";
  }

  @Override
  public Batch erase(OrganizationId organization, @Nullable UUID after) {
    List<UUID> events =
        database
            .handle()
            .createQuery(
                """
                select id
                from events
                where organization_id = :organization
                order by id
                limit :limit
                """)
            .bind("organization", organization.value())
            .bind("limit", EVENTS)
            .mapTo(UUID.class)
            .list();
    long ticketTypes = delete("delete from ticket_types where event_id = any(:ids)", events);
    long occurrences = delete("delete from occurrences where event_id = any(:ids)", events);
    long series = delete("delete from series where event_id = any(:ids)", events);
    long gone = delete("delete from events where id = any(:ids)", events);
    Map<String, Long> erased = new HashMap<>();
    erased.put("ticket_types", ticketTypes);
    erased.put("occurrences", occurrences);
    erased.put("series", series);
    erased.put("events", gone);
    if (events.size() == EVENTS) {
      return new Batch(erased, events.getLast());
    }
    long areas =
        database
            .handle()
            .createUpdate("delete from areas where organization_id = :organization")
            .bind("organization", organization.value())
            .execute();
    erased.put("areas", areas);
    return new Batch(erased, null);
  }

  private long delete(String statement, List<UUID> events) {
    return database.handle().createUpdate(statement).bindArray("ids", UUID.class, events).execute();
  }
}
