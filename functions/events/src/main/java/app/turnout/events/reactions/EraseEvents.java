package app.turnout.events.reactions;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.erasure.AreaEraser;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
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
    long occurrences = delete("delete from occurrences where event_id = any(:ids)", events);
    long series = delete("delete from series where event_id = any(:ids)", events);
    long gone = delete("delete from events where id = any(:ids)", events);
    if (events.size() == EVENTS) {
      return new Batch(
          Map.of("occurrences", occurrences, "series", series, "events", gone), events.getLast());
    }
    long areas =
        database
            .handle()
            .createUpdate("delete from areas where organization_id = :organization")
            .bind("organization", organization.value())
            .execute();
    return new Batch(
        Map.of("occurrences", occurrences, "series", series, "events", gone, "areas", areas), null);
  }

  private long delete(String statement, List<UUID> events) {
    return database.handle().createUpdate(statement).bindArray("ids", UUID.class, events).execute();
  }
}
