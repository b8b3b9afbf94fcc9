package app.turnout.bench;

import app.turnout.runner.Runner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// A year of dates for a thousand recurring events, four weekly ones to each daily one, made by the
/// function `recurrence`, against COPY of the same rows.
final class SeriesBenchmark {
  private static final int SERIES = 1_000;
  private static final int ROWS_A_TRANSACTION = 10_000;

  private static final String PLAN =
      """
      with planned as (
        insert into events (
          id, organization_id, title, type, status, visibility, arrival_radius_metres, time_zone,
          tracking_opens_minutes_before, check_in_on_arrival, created_by, created_at, updated_at,
          version)
        select gen_random_uuid(), ?, 'Class ' || n, 'periodic', 'draft', 'private', 150,
               'Europe/Dublin', 60, false, ?, now(), now(), 1
        from generate_series(1, ?) as n
        returning id, organization_id, title)
      insert into series (
        id, organization_id, event_id, local_start, local_end, time_zone, rrule, made_before,
        created_at, updated_at, version)
      select gen_random_uuid(), organization_id, id, first, first + interval '90 minutes',
             'Europe/Dublin',
             case when title like '%0' or title like '%5' then 'FREQ=DAILY' else 'FREQ=WEEKLY' end,
             first, now(), now(), 1
      from planned
      cross join lateral (
        select date_trunc('day', now()::timestamp) + interval '43 hours' as first) tomorrow
      """;

  private static final String DATES =
      "select o.* from occurrences o join series s on s.id = o.series_id";

  private final Runner runner;
  private final Stage stage;

  SeriesBenchmark(Runner runner, Stage stage) {
    this.runner = runner;
    this.stage = stage;
  }

  Comparison measure(Parameters parameters) throws SQLException, IOException {
    List<Comparison.Round> rounds = new ArrayList<>();
    try (Connection connection = runner.superuser().getConnection();
        Statement statement = connection.createStatement()) {
      plan(connection);
      statement.execute("create schema bench_dates");
      statement.execute(
          "create table bench_dates.occurrences (like public.occurrences including all)");
      CopyManager copying = connection.unwrap(PGConnection.class).getCopyAPI();
      for (int round = -1; round < parameters.rounds(); round++) {
        forget(statement);
        double made = make(statement);
        double copied = copy(copying);
        if (round >= 0) {
          rounds.add(new Comparison.Round(copied, made));
        }
      }
      statement.execute("delete from events where type = 'periodic' and title like 'Class %'");
    }
    return new Comparison("recurrence, dates/s", rounds);
  }

  private void plan(Connection connection) throws SQLException {
    try (PreparedStatement plan = connection.prepareStatement(PLAN)) {
      plan.setObject(1, stage.organization());
      plan.setObject(2, stage.user());
      plan.setInt(3, SERIES);
      plan.executeUpdate();
    }
  }

  private static void forget(Statement statement) throws SQLException {
    statement.execute("delete from occurrences where series_id is not null");
    statement.execute("update series set made_before = local_start");
    statement.execute("delete from outbox_messages where kind = 'dates_made'");
    statement.execute("truncate bench_dates.occurrences");
    statement.execute("vacuum analyze occurrences, series, outbox_messages");
  }

  private double make(Statement statement) throws SQLException {
    long begin = System.nanoTime();
    runner.invoke("RecurrenceFunction", "{}");
    double seconds = (System.nanoTime() - begin) / 1e9;
    try (ResultSet row =
        statement.executeQuery(
            """
            select count(*), count(distinct o.series_id), min(o.starts_at) > now()
            from occurrences o
            join series s on s.id = o.series_id
            """)) {
      row.next();
      if (row.getInt(2) != SERIES || row.getLong(1) < SERIES * 52L || !row.getBoolean(3)) {
        throw new IllegalStateException(
            row.getLong(1) + " dates of " + row.getInt(2) + " series are stored");
      }
      return row.getLong(1) / seconds;
    }
  }

  private static double copy(CopyManager copying) throws SQLException, IOException {
    ByteArrayOutputStream dates = new ByteArrayOutputStream();
    copying.copyOut("copy (" + DATES + ") to stdout", dates);
    List<byte[]> pages = new ArrayList<>();
    StringBuilder page = new StringBuilder();
    int rows = 0;
    for (String line : dates.toString(StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        page.append(line).append('\n');
        rows++;
      }
      if (rows == ROWS_A_TRANSACTION || line.isEmpty()) {
        pages.add(page.toString().getBytes(StandardCharsets.UTF_8));
        page.setLength(0);
        rows = 0;
      }
    }
    long copied = 0;
    long begin = System.nanoTime();
    for (byte[] text : pages) {
      copied +=
          copying.copyIn(
              "copy bench_dates.occurrences from stdin", new ByteArrayInputStream(text), 65_536);
    }
    return copied * 1e9 / (System.nanoTime() - begin);
  }
}
