package app.turnout.bench;

import app.turnout.runner.Runner;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/// Measures, one call after the other, as an environment of Lambda takes them, what [Costs] is
/// reckoned from.
final class CostBenchmark {
  private static final int ACCEPTED = 202;
  private static final int CALLS = 200;
  private static final int BATCHES = 10;
  private static final int MESSAGES = 100;

  private static final String INSERT =
      """
      insert into pings (
        organization_id, occurrence_id, participant_id, recorded_at, received_at, latitude,
        longitude, accuracy_metres, source)
      values (?, ?, ?, ?, ?, 52.66, -8.62, 5, 'json')
      on conflict do nothing
      """;

  private final Runner runner;
  private final Stage stage;
  private final Calls calls;
  private final StoredPings stored;

  CostBenchmark(Runner runner, Stage stage, Calls calls, StoredPings stored) {
    this.runner = runner;
    this.stage = stage;
    this.calls = calls;
    this.stored = stored;
  }

  /// The table, as text.
  String measure(Parameters parameters) throws IOException, SQLException, InterruptedException {
    StringBuilder table = new StringBuilder(Costs.head());
    for (int pings : List.of(1, parameters.pingsPerCall())) {
      double take = take(pings);
      double write = write(pings);
      int bytes = calls.some(1, pings).getFirst().message(Instant.now()).length();
      table.append(
          new Costs(
                  pings == 1 ? "one ping a request" : pings + " pings a request",
                  pings,
                  take,
                  bytes,
                  MESSAGES,
                  write)
              .line());
      table.append(
          "    measured: locations %.2f ms a call, %d bytes a message before packing, writer %.1f ms"
                  .formatted(take, bytes, write)
              + " for %d messages%n".formatted(MESSAGES));
    }
    double insert = insert();
    table.append(new Costs("an insert a ping, no queue", 1, insert, 0, 0, 0).line());
    table.append("    measured: %.2f ms an insert, without any function%n".formatted(insert));
    table.append(storage());
    return table.toString();
  }

  /// The median, as the client sees it.
  private double take(int pings) throws IOException, SQLException, InterruptedException {
    List<Call> sent = calls.some(CALLS, pings);
    double[] millis = new double[sent.size()];
    try (KeptConnection connection = new KeptConnection(runner.front())) {
      for (int i = 0; i < millis.length; i++) {
        Call call = sent.get(i);
        byte[] request =
            KeptConnection.post(
                "/api/v1/participants/" + call.participant().id() + "/locations",
                call.participant().link(),
                call.body());
        long begin = System.nanoTime();
        connection.send(request, ACCEPTED);
        millis[i] = (System.nanoTime() - begin) / 1e6;
      }
    }
    stored.awaitAll(sent);
    return Spread.of(millis).median();
  }

  private double write(int pings) throws IOException {
    double[] millis = new double[BATCHES];
    for (int i = 0; i < millis.length; i++) {
      String event = WriterBenchmark.event(calls.some(MESSAGES, pings));
      long begin = System.nanoTime();
      runner.invoke("LocationWriterFunction", event);
      millis[i] = (System.nanoTime() - begin) / 1e6;
    }
    return Spread.of(millis).median();
  }

  private double insert() throws SQLException {
    List<Call> pings = calls.some(CALLS, 1);
    double[] millis = new double[pings.size()];
    try (Connection connection = runner.superuser().getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (int i = 0; i < millis.length; i++) {
        Call call = pings.get(i);
        insert.setObject(1, stage.organization());
        insert.setObject(2, stage.occurrence());
        insert.setObject(3, call.participant().id());
        insert.setObject(4, call.from().atOffset(ZoneOffset.UTC));
        insert.setObject(5, Instant.now().atOffset(ZoneOffset.UTC));
        long begin = System.nanoTime();
        insert.executeUpdate();
        millis[i] = (System.nanoTime() - begin) / 1e6;
      }
    }
    return Spread.of(millis).median();
  }

  private String storage() throws SQLException {
    try (Connection connection = runner.superuser().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select sum(pg_total_relation_size(inhrelid))::float8
                       / (select count(*) from pings)
                from pg_inherits
                where inhparent = 'pings'::regclass
                """)) {
      row.next();
      double bytes = row.getDouble(1);
      return "kept for 90 days: %.0f bytes a ping with its indexes, %.3f $ a million pings%n"
          .formatted(bytes, bytes * 1e6 / 1e9 * 3 * Costs.STORAGE_GB_MONTH);
    }
  }
}
