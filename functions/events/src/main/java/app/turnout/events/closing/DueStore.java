package app.turnout.events.closing;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// What is due, whosever it is. A claim is a row lock: what somebody else holds, an organiser or
/// another run, is left to the next run, so nobody is waited for. The event is locked with its
/// date, as organisers lock it first.
@Singleton
final class DueStore {
  private final Database database;

  DueStore(Database database) {
    this.database = database;
  }

  /// Dates that have begun, and are stored so now. An event with one date is `active` with it; of a
  /// recurring event that is read from its dates, since it is so again and again.
  ///
  /// Version and time of the last change stay: nobody sees a difference.
  List<Due> begin(Instant now, int limit) {
    return database
        .handle()
        .createQuery(
            """
            with due as materialized (
              select o.id, o.organization_id, o.event_id, o.status
              from occurrences o
              join events e on e.id = o.event_id
              where o.status = 'scheduled'
                and o.starts_at <= :now
                and o.ends_at > :now
                and e.status in ('scheduled', 'active')
              order by o.starts_at, o.id
              limit :limit
              for no key update of o, e skip locked),
            events_begun as (
              update events e
              set status = 'active'
              from due d
              where e.id = d.event_id
                and e.status = 'scheduled'
                and e.type = 'demand')
            update occurrences o
            set status = 'active'
            from due d
            where o.id = d.id
            returning d.id, d.organization_id, d.event_id, d.status
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  /// Dates that are over and not closed, the earliest first; then those that were completed before
  /// their time. They are the caller's until the transaction ends.
  List<Due> claimOver(Instant now, int limit) {
    List<Due> over =
        new ArrayList<>(
            claim(
                """
                where o.closed_at is null
                  and o.status <> 'cancelled'
                  and o.ends_at <= :now
                  and e.status <> 'draft'
                order by o.ends_at, o.id
                """,
                now,
                limit));
    if (over.size() < limit) {
      over.addAll(
          claim(
              """
              where o.closed_at is null
                and o.status = 'completed'
                and o.ends_at > :now
                and e.status <> 'draft'
              order by o.id
              """,
              now,
              limit - over.size()));
    }
    return over;
  }

  private List<Due> claim(String which, Instant now, int limit) {
    return database
        .handle()
        .createQuery(
            """
            select o.id, o.organization_id, o.event_id, o.status
            from occurrences o
            join events e on e.id = o.event_id
            """
                + which
                + """
                limit :limit
                for no key update of o, e skip locked
                """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  /// Closes those of the claimed dates where nobody is expected any more; answers their ids.
  List<UUID> close(Collection<UUID> dates, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            update occurrences o
            set status = 'completed',
                closed_at = :now,
                updated_at = :now,
                version = o.version + 1
            where o.id = any(:dates)
              and not exists (
                select
                from participants p
                where p.occurrence_id = o.id
                  and p.status in ('pending', 'confirmed'))
            returning o.id
            """)
        .bindArray("dates", UUID.class, dates.toArray())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .mapTo(UUID.class)
        .list();
  }

  /// Completes those of the events, which the transaction holds, whose last date is over, where no
  /// rule makes more: since then, however late this is.
  List<Due> complete(Collection<UUID> events, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            with over as materialized (
              select e.id, e.organization_id, e.status, held.last_end
              from events e
              cross join lateral (
                select max(o.ends_at) as last_end,
                       bool_or(o.closed_at is null and o.status <> 'cancelled') as is_open
                from occurrences o
                where o.event_id = e.id) held
              where e.id = any(:events)
                and e.status in ('scheduled', 'active')
                and held.last_end <= :now
                and not held.is_open
                and not exists (
                  select
                  from series s
                  where s.event_id = e.id
                    and s.ends_before is null
                    -- As far as a rule is made that has no more dates.
                    and s.made_before < timestamp '9999-01-01'))
            update events e
            set status = 'completed',
                completed_at = o.last_end,
                updated_at = :now,
                version = e.version + 1
            from over o
            where e.id = o.id
            returning o.id, o.organization_id, o.id as event_id, o.status
            """)
        .bindArray("events", UUID.class, events.toArray())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) -> read(row))
        .list();
  }

  /// Puts away events whose dates were all over by an instant, and that nobody changed since;
  /// drafts too. What an organiser brought back stays.
  List<Due> archive(Instant before, Instant now, int limit) {
    return database
        .handle()
        .createQuery(
            """
            with past as materialized (
              select e.id, e.organization_id, e.status
              from events e
              where e.archived_at is null
                and not e.is_kept
                and e.status in ('draft', 'completed', 'cancelled')
                and coalesce(e.completed_at, e.cancelled_at, e.updated_at) <= :before
                and exists (
                  select from occurrences o where o.event_id = e.id)
                and not exists (
                  select from occurrences o where o.event_id = e.id and o.ends_at > :before)
              order by coalesce(e.completed_at, e.cancelled_at, e.updated_at)
              limit :limit
              for no key update of e skip locked)
            update events e
            set archived_at = :now,
                updated_at = :now,
                version = e.version + 1
            from past p
            where e.id = p.id
            returning p.id, p.organization_id, p.id as event_id, p.status
            """)
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  private static Due read(ResultSet row) throws SQLException {
    return new Due(
        row.getObject("id", UUID.class),
        new OrganizationId(row.getObject("organization_id", UUID.class)),
        row.getObject("event_id", UUID.class),
        row.getString("status"));
  }
}
