package app.turnout.events.series;

import app.turnout.domain.EventId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.TimeWindow;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far the dates to come were compared with their zones' rules, and what came of it.
@Singleton
final class ClockChecks {
  /// A walk through the dates to come, by their ends.
  ///
  /// @param rules the version of the time zone database they are compared with; null before the
  ///   first walk
  /// @param afterId the last date of the page before; null at the beginning
  /// @param finishedAt null while it is under way
  record Walk(
      @Nullable String rules,
      @Nullable Instant afterEnd,
      @Nullable UUID afterId,
      @Nullable Instant finishedAt) {}

  /// A date to come, as it is stored.
  record Stored(
      UUID id,
      OrganizationId organization,
      EventId event,
      LocalDateTime localStart,
      LocalDateTime localEnd,
      ZoneId zone,
      TimeWindow window,
      long version) {
    TimeWindow byItsClocks() {
      return DateTimes.window(localStart, localEnd, zone);
    }
  }

  private final Database database;

  ClockChecks(Database database) {
    this.database = database;
  }

  /// Nobody else walks on until the transaction ends.
  Walk lock() {
    return database
        .handle()
        .createQuery(
            """
            select rules_version, after_ends_at, after_id, finished_at
            from clock_checks
            for update
            """)
        .map(
            (row, context) ->
                new Walk(
                    row.getString("rules_version"),
                    instant(row, "after_ends_at"),
                    row.getObject("after_id", UUID.class),
                    instant(row, "finished_at")))
        .one();
  }

  void keep(Walk walk, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update clock_checks
            set rules_version = :rules,
                began_at = case when cast(:afterId as uuid) is null then :now else began_at end,
                after_ends_at = :afterEnd,
                after_id = :afterId,
                finished_at = :finishedAt
            """)
        .bind("rules", walk.rules())
        .bind("afterEnd", at(walk.afterEnd()))
        .bind("afterId", walk.afterId())
        .bind("finishedAt", at(walk.finishedAt()))
        .bind("now", at(now))
        .execute();
  }

  /// One page of the dates to come.
  List<Stored> list(Walk walk, Instant now, int limit) {
    return database
        .handle()
        .createQuery(
            """
            select id, organization_id, event_id, local_start, local_end, time_zone, starts_at,
                   ends_at, version
            from occurrences
            where status in ('scheduled', 'active')
              and ends_at > :now
              and (ends_at, id) > (
                coalesce(cast(:afterEnd as timestamptz), '-infinity'),
                coalesce(
                  cast(:afterId as uuid), '00000000-0000-0000-0000-000000000000'))
            order by ends_at, id
            limit :limit
            """)
        .bind("now", at(now))
        .bind("afterEnd", at(walk.afterEnd()))
        .bind("afterId", walk.afterId())
        .bind("limit", limit)
        .map(
            (row, context) ->
                new Stored(
                    row.getObject("id", UUID.class),
                    new OrganizationId(row.getObject("organization_id", UUID.class)),
                    new EventId(row.getObject("event_id", UUID.class)),
                    row.getObject("local_start", LocalDateTime.class),
                    row.getObject("local_end", LocalDateTime.class),
                    ZoneId.of(row.getString("time_zone")),
                    new TimeWindow(
                        row.getObject("starts_at", OffsetDateTime.class).toInstant(),
                        row.getObject("ends_at", OffsetDateTime.class).toInstant()),
                    row.getLong("version")))
        .list();
  }

  /// Nobody changes these events, or dates of theirs, until the transaction ends.
  void lockEvents(List<EventId> events) {
    database
        .handle()
        .createQuery("select id from events where id = any(:events) order by id for update")
        .bindArray("events", UUID.class, events.stream().map(EventId::value).toList())
        .mapTo(UUID.class)
        .list();
  }

  /// Stores when dates are by the clocks of their zones now, and answers which. One that somebody
  /// changed since it was read follows the present rules already, and one that somebody changes now
  /// will: they are left alone.
  List<UUID> follow(List<Stored> dates, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            with held as (
              select o.id, d.starts_at, d.ends_at
              from unnest(
                :ids, cast(:startsAt as timestamptz[]), cast(:endsAt as timestamptz[]),
                cast(:versions as bigint[])) as d (id, starts_at, ends_at, version)
              join occurrences o on o.id = d.id and o.version = d.version
              for update of o skip locked)
            update occurrences o
            set starts_at = held.starts_at,
                ends_at = held.ends_at,
                updated_at = :now,
                version = o.version + 1
            from held
            where o.id = held.id
            returning o.id
            """)
        .bindArray("ids", UUID.class, dates.stream().map(Stored::id).toList())
        .bindArray(
            "startsAt",
            String.class,
            dates.stream().map(date -> date.byItsClocks().start().toString()).toList())
        .bindArray(
            "endsAt",
            String.class,
            dates.stream().map(date -> date.byItsClocks().end().toString()).toList())
        .bindArray("versions", Long.class, dates.stream().map(Stored::version).toList())
        .bind("now", at(now))
        .mapTo(UUID.class)
        .list();
  }

  /// Who is told of an event: who made it while they are a member, else the owners.
  List<UUID> organisers(EventId event) {
    return database
        .handle()
        .createQuery(
            """
            select m.user_id
            from events e
            join members m on m.organization_id = e.organization_id
            where e.id = :event
              and (
                m.user_id = e.created_by
                or m.role = 'org_owner'
                and not exists (
                  select
                  from members maker
                  where maker.organization_id = e.organization_id
                    and maker.user_id = e.created_by))
            order by m.user_id
            """)
        .bind("event", event.value())
        .mapTo(UUID.class)
        .list();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
