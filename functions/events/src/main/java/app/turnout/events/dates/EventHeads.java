package app.turnout.events.dates;

import app.turnout.domain.AreaId;
import app.turnout.domain.EventId;
import app.turnout.domain.OrganizationId;
import app.turnout.events.planning.EventStatus;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;

/// Events whose dates change. Whoever changes a date holds its event first: so edits, and the job
/// that makes dates, go one after the other.
@Singleton
final class EventHeads {
  private final Database database;

  EventHeads(Database database) {
    this.database = database;
  }

  /// Throws ProblemException: `not_found`.
  EventHead lock(EventId event) {
    return database
        .handle()
        .createQuery(
            """
            select organization_id, type = 'periodic' as is_recurring, status,
                   archived_at is not null as is_archived, area_id, version
            from events
            where id = :event
            for update
            """)
        .bind("event", event.value())
        .map(
            (row, context) -> {
              UUID area = row.getObject("area_id", UUID.class);
              return new EventHead(
                  event,
                  new OrganizationId(row.getObject("organization_id", UUID.class)),
                  row.getBoolean("is_recurring"),
                  EventStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                  row.getBoolean("is_archived"),
                  area == null ? null : new AreaId(area),
                  row.getLong("version"));
            })
        .findOne()
        .orElseThrow(() -> ProblemException.notFound("event"));
  }

  /// Counts a new version: the event is shown with a date, and with its rule.
  void touch(EventId event, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update events
            set updated_at = :now,
                version = version + 1
            where id = :event
            """)
        .bind("event", event.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }
}
