package app.turnout.events.dates;

import app.turnout.domain.EventId;
import app.turnout.domain.TimeWindow;
import app.turnout.events.series.DateTimes;
import app.turnout.events.series.Part;
import app.turnout.events.series.SeriesId;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// The dates of a recurring event, while its rule changes.
@Singleton
final class StandingDates {
  private final Database database;

  StandingDates(Database database) {
    this.database = database;
  }

  /// All of an event's parts, in the order of the rules' starts; nobody joins any of them, and none
  /// changes, until the transaction ends.
  List<StandingDate> lock(EventId event, Instant now) {
    database
        .handle()
        .createQuery(
            """
            select id
            from occurrences
            where event_id = :event
              and series_id is not null
              and ends_at > :now
            order by id
            for update
            """)
        .bind("event", event.value())
        .bind("now", at(now))
        .mapTo(UUID.class)
        .list();
    return database
        .handle()
        .createQuery(
            """
            select o.id, o.series_id, o.rule_start, o.local_start, o.starts_at,
                   o.starts_at <= :now or o.status = 'completed' as is_begun,
                   o.is_moved, o.status = 'cancelled' as is_cancelled,
                   num_nonnulls(o.title, o.description, o.area_id, o.latitude, o.capacity) > 0
                     as has_own,
                   people.claims,
                   people.roster
            from occurrences o
            cross join lateral (
              select
                count(*) filter (where not (
                  p.status = 'pending' and p.roster_member_id is not null))
                  as claims,
                coalesce(
                  array_agg(p.id) filter (where
                    p.status = 'pending' and p.roster_member_id is not null),
                  '{}') as roster
              from participants p
              where p.occurrence_id = o.id) people
            where o.event_id = :event
              and o.series_id is not null
            order by o.rule_start
            """)
        .bind("event", event.value())
        .bind("now", at(now))
        .map(
            (row, context) ->
                new StandingDate(
                    row.getObject("id", UUID.class),
                    new SeriesId(row.getObject("series_id", UUID.class)),
                    row.getObject("rule_start", LocalDateTime.class),
                    row.getObject("local_start", LocalDateTime.class),
                    row.getObject("starts_at", OffsetDateTime.class).toInstant(),
                    row.getBoolean("is_begun"),
                    row.getBoolean("is_moved"),
                    row.getBoolean("is_cancelled"),
                    row.getBoolean("has_own"),
                    row.getInt("claims"),
                    ids(row.getArray("roster"))))
        .list();
  }

  private static List<UUID> ids(Array array) throws SQLException {
    return Arrays.asList((UUID[]) array.getArray());
  }

  /// Gives dates to the starts of a part. Times of their own stay.
  ///
  /// @param starts by the dates' ids
  void fill(Part part, Map<UUID, LocalDateTime> starts, Instant now) {
    if (starts.isEmpty()) {
      return;
    }
    List<UUID> ids = List.copyOf(starts.keySet());
    List<LocalDateTime> times =
        ids.stream().map(id -> Objects.requireNonNull(starts.get(id))).toList();
    List<TimeWindow> windows =
        times.stream()
            .map(start -> DateTimes.window(start, start.plus(part.length()), part.zone()))
            .toList();
    database
        .handle()
        .createUpdate(
            """
            update occurrences o
            set series_id = :series,
                rule_start = f.start,
                local_start = case when o.is_moved then o.local_start else f.start end,
                local_end = case when o.is_moved then o.local_end else f.local_end end,
                time_zone = case when o.is_moved then o.time_zone else :zone end,
                starts_at = case when o.is_moved then o.starts_at else f.starts_at end,
                ends_at = case when o.is_moved then o.ends_at else f.ends_at end,
                updated_at = :now,
                version = o.version + 1
            from unnest(
                :ids, cast(:starts as timestamp[]), cast(:ends as timestamp[]),
                cast(:startsAt as timestamptz[]), cast(:endsAt as timestamptz[]))
              as f (id, start, local_end, starts_at, ends_at)
            where o.id = f.id
            """)
        .bind("series", part.id().value())
        .bind("zone", part.zone().getId())
        .bindArray("ids", UUID.class, ids)
        .bindArray("starts", String.class, times.stream().map(LocalDateTime::toString).toList())
        .bindArray(
            "ends",
            String.class,
            times.stream().map(start -> start.plus(part.length()).toString()).toList())
        .bindArray(
            "startsAt",
            String.class,
            windows.stream().map(each -> each.start().toString()).toList())
        .bindArray(
            "endsAt", String.class, windows.stream().map(each -> each.end().toString()).toList())
        .bind("now", at(now))
        .execute();
  }

  /// Has dates that begun stay what they were, under a rule that has their starts too.
  void keep(Part part, Map<UUID, LocalDateTime> starts) {
    starts.forEach(
        (id, start) ->
            database
                .handle()
                .createUpdate(
                    """
                    update occurrences
                    set series_id = :series, rule_start = :start
                    where id = :id
                    """)
                .bind("series", part.id().value())
                .bind("start", start)
                .bind("id", id)
                .execute());
  }

  /// Takes dates out of their parts, so that their starts are free; they keep what their parts said
  /// of them.
  void loosen(Collection<UUID> ids) {
    database
        .handle()
        .createUpdate(
            "update occurrences set series_id = null, rule_start = null where id = any(:ids)")
        .bindArray("ids", UUID.class, ids.toArray())
        .execute();
  }

  /// Makes dates stand alone, as they are, with the words of their parts.
  void detach(Collection<UUID> ids, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update occurrences o
            set series_id = null,
                rule_start = null,
                title = coalesce(o.title, s.title),
                description = coalesce(o.description, s.description),
                area_id = case
                  when o.area_id is null and o.latitude is null then s.area_id else o.area_id end,
                latitude = case
                  when o.area_id is null and o.latitude is null then s.latitude else o.latitude end,
                longitude = case
                  when o.area_id is null and o.latitude is null
                  then s.longitude else o.longitude end,
                capacity = coalesce(o.capacity, s.capacity),
                updated_at = :now,
                version = o.version + 1
            from series s
            where o.id = any(:ids)
              and s.id = o.series_id
            """)
        .bindArray("ids", UUID.class, ids.toArray())
        .bind("now", at(now))
        .execute();
  }

  void cancel(Collection<UUID> ids, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update occurrences
            set status = 'cancelled',
                cancelled_at = :now,
                updated_at = :now,
                version = version + 1
            where id = any(:ids)
            """)
        .bindArray("ids", UUID.class, ids.toArray())
        .bind("now", at(now))
        .execute();
  }

  void delete(Collection<UUID> ids) {
    database
        .handle()
        .createUpdate("delete from occurrences where id = any(:ids)")
        .bindArray("ids", UUID.class, ids.toArray())
        .execute();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
