package app.turnout.events.series;

import app.turnout.domain.TimeWindow;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Stores the dates that rules' starts become. The transaction holds the events that they are of.
@Singleton
public final class DateStore {
  /// A date that a rule has.
  ///
  /// @param start of the rule
  public record Planned(SeriesId series, ZoneId zone, LocalDateTime start, LocalDateTime end) {}

  private static final int AT_ONCE = 10_000;

  private static final String GIVEN =
      """
      from unnest(
          :ids, :series, cast(:starts as timestamp[]), cast(:ends as timestamp[]),
          cast(:startsAt as timestamptz[]), cast(:endsAt as timestamptz[]))
        as d (id, series_id, rule_start, local_end, starts_at, ends_at)
      join series s on s.id = d.series_id
      """;

  private static final String INSERT =
      """
      insert into occurrences (
        id, organization_id, event_id, original_start, local_start, local_end, time_zone,
        starts_at, ends_at, status, series_id, rule_start, created_at, updated_at, version)
      select
        d.id, s.organization_id, s.event_id, d.rule_start, d.rule_start, d.local_end, s.time_zone,
        d.starts_at, d.ends_at, 'scheduled', d.series_id, d.rule_start, :now, :now, 1
      """
          + GIVEN
          + "on conflict do nothing";

  /// Another date of the event may have had that start before its rule changed, and keeps the name:
  /// these are called by the next second that is free.
  private static final String INSERT_RENAMED =
      """
      insert into occurrences (
        id, organization_id, event_id, original_start, local_start, local_end, time_zone,
        starts_at, ends_at, status, series_id, rule_start, created_at, updated_at, version)
      select
        d.id, s.organization_id, s.event_id, free.name, d.rule_start, d.local_end, s.time_zone,
        d.starts_at, d.ends_at, 'scheduled', d.series_id, d.rule_start, :now, :now, 1
      """
          + GIVEN
          + """
          cross join lateral (
            select d.rule_start + make_interval(secs => seconds) as name
            from generate_series(1, 3600) as seconds
            where not exists (
              select
              from occurrences other
              where other.event_id = s.event_id
                and other.original_start = d.rule_start + make_interval(secs => seconds))
            order by seconds
            limit 1) free
          where not exists (
            select
            from occurrences made
            where made.series_id = d.series_id
              and made.rule_start = d.rule_start)
          on conflict do nothing
          """;

  private final Database database;
  private final Ids ids;

  DateStore(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  /// Stores those that are not there yet; answers how many that were.
  public int insert(List<Planned> dates, Instant now) {
    int made = 0;
    for (int from = 0; from < dates.size(); from += AT_ONCE) {
      List<Planned> batch = dates.subList(from, Math.min(dates.size(), from + AT_ONCE));
      int inserted = insert(INSERT, batch, now);
      made += inserted < batch.size() ? inserted + insert(INSERT_RENAMED, batch, now) : inserted;
    }
    return made;
  }

  private int insert(String statement, List<Planned> dates, Instant now) {
    int size = dates.size();
    List<UUID> given = new ArrayList<>(size);
    List<UUID> series = new ArrayList<>(size);
    List<String> starts = new ArrayList<>(size);
    List<String> ends = new ArrayList<>(size);
    List<String> startsAt = new ArrayList<>(size);
    List<String> endsAt = new ArrayList<>(size);
    for (Planned date : dates) {
      TimeWindow window = DateTimes.window(date.start(), date.end(), date.zone());
      given.add(ids.next());
      series.add(date.series().value());
      starts.add(date.start().toString());
      ends.add(date.end().toString());
      startsAt.add(window.start().toString());
      endsAt.add(window.end().toString());
    }
    return database
        .handle()
        .createUpdate(statement)
        .bindArray("ids", UUID.class, given)
        .bindArray("series", UUID.class, series)
        .bindArray("starts", String.class, starts)
        .bindArray("ends", String.class, ends)
        .bindArray("startsAt", String.class, startsAt)
        .bindArray("endsAt", String.class, endsAt)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }
}
