package app.turnout.events.planning;

import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Events of the tenant that the transaction has entered, as they are looked for.
@Singleton
final class EventList {
  private final Database database;
  private final EventRows rows;

  EventList(Database database, EventRows rows) {
    this.database = database;
    this.rows = rows;
  }

  /// Oldest first.
  ///
  /// @param after the last one of the page before; null for the first page
  List<Event> list(EventFilter filter, @Nullable UUID after, int limit, Instant now) {
    return rows.withParts(
        database
            .handle()
            .createQuery(
                EventRows.SELECT
                    + """
                    where e.organization_id = current_organization()
                      and (cast(:after as uuid) is null or e.id > cast(:after as uuid))
                      and (e.archived_at is not null) = :archived
                      and (cast(:createdBy as uuid) is null
                        or e.created_by = cast(:createdBy as uuid))
                      and (cast(:type as text) is null or e.type = :type)
                      and (cast(:category as text) is null or lower(e.category) = lower(:category))
                      and (cast(:q as text) is null
                        or position(
                          lower(:q) in lower(e.title || ' ' || coalesce(e.description, ''))) > 0)
                      and (cast(:status as text) is null
                        or :status = case
                          when e.status not in ('scheduled', 'active') then e.status
                          when o.ends_at <= :now then 'completed'
                          when o.starts_at <= :now then 'active'
                          else 'scheduled' end)
                      and (cast(:from as timestamptz) is null and cast(:to as timestamptz) is null
                        or exists (
                          select
                          from occurrences held
                          where held.event_id = e.id
                            and (cast(:from as timestamptz) is null or held.ends_at > :from)
                            and (cast(:to as timestamptz) is null or held.starts_at < :to)))
                    order by e.id
                    limit :limit
                    """)
            .bind("archived", filter.archived())
            .bind("createdBy", filter.createdBy())
            .bind("type", filter.type())
            .bind("category", filter.category())
            .bind("q", filter.q())
            .bind("status", filter.status())
            .bind("from", filter.from())
            .bind("to", filter.to())
            .bind("after", after)
            .bind("limit", limit)
            .bind("now", at(now))
            .map((row, context) -> rows.read(row))
            .list());
  }

  private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
