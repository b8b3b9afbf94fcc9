package app.turnout.bench;

import app.turnout.runner.Runner;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The same work with a million pings stored and with twenty million: storing a thousand, a latest
/// position, an hour of somebody's history, and the arrival times of a date.
final class GrowthBenchmark {
  private static final int OK = 200;
  private static final int FEW = 1_000_000;
  private static final int MANY = 20_000_000;
  private static final int AT_ONCE = 1_000_000;
  private static final int DAYS = 60;
  private static final int WARM_UP = 20;
  private static final int TIMES = 60;
  private static final int PINGS_A_MESSAGE = 10;

  /// Two thousand others, for two months, each at all times.
  private static final String FILL =
      """
      insert into pings (
        organization_id, occurrence_id, participant_id, recorded_at, received_at, latitude,
        longitude, accuracy_metres, altitude_metres, speed_metres_per_second, heading_degrees,
        battery_percent, source)
      select ?, ?, ('00000000-0000-4000-8000-' || lpad(to_hex(n % 2000), 12, '0'))::uuid,
             t.recorded_at, t.recorded_at, 52.66 + n % 1000 * 0.00004, -8.62 + n % 700 * 0.00006,
             5, 12.5, n % 14, n % 360, 87, 'json'
      from generate_series(?, ?) as n
      cross join lateral (
        select cast(? as timestamptz)
               + make_interval(secs => (n / 2000) * 86400.0 * ? / ?) as recorded_at) t
      """;

  private final Runner runner;
  private Stage stage;
  private final Calls calls;
  private final Consumer<String> progress;

  GrowthBenchmark(Runner runner, Stage stage, Calls calls, Consumer<String> progress) {
    this.runner = runner;
    this.stage = stage;
    this.calls = calls;
    this.progress = progress;
  }

  /// One round's milliseconds of each kind of work.
  private record Times(double store, double latest, double history, double eta) {}

  /// The floor is a million stored pings, the product twenty.
  List<Comparison> measure() throws SQLException, IOException {
    Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(DAYS));
    fill(start, 0, FEW);
    hourOfEverybody();
    List<Times> few = work();
    fill(start, FEW, MANY);
    List<Times> many = work();
    List<Comparison.Round> store = new ArrayList<>();
    List<Comparison.Round> latest = new ArrayList<>();
    List<Comparison.Round> history = new ArrayList<>();
    List<Comparison.Round> eta = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      store.add(new Comparison.Round(few.get(i).store(), many.get(i).store()));
      latest.add(new Comparison.Round(few.get(i).latest(), many.get(i).latest()));
      history.add(new Comparison.Round(few.get(i).history(), many.get(i).history()));
      eta.add(new Comparison.Round(few.get(i).eta(), many.get(i).eta()));
    }
    return List.of(
        new Comparison("20M/1M: store 1,000, ms", store),
        new Comparison("20M/1M: latest, ms", latest),
        new Comparison("20M/1M: an hour, ms", history),
        new Comparison("20M/1M: eta/events, ms", eta));
  }

  private void fill(Instant start, int from, int to) throws SQLException {
    try (Connection connection = runner.superuser().getConnection();
        PreparedStatement fill = connection.prepareStatement(FILL);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select make_ping_partitions(current_date - %d, current_date)".formatted(DAYS + 1));
      for (int first = from; first < to; first += AT_ONCE) {
        fill.setObject(1, stage.organization());
        fill.setObject(2, stage.occurrence());
        fill.setInt(3, first);
        fill.setInt(4, Math.min(to, first + AT_ONCE) - 1);
        fill.setString(5, start.toString());
        fill.setInt(6, DAYS);
        fill.setInt(7, MANY / 2_000);
        fill.executeUpdate();
        progress.accept("%,d pings are stored".formatted(Math.min(to, first + AT_ONCE)));
      }
      statement.execute("vacuum analyze pings");
      statement.execute("checkpoint");
      try (ResultSet row =
          statement.executeQuery("select count(*) from pings where recorded_at < current_date")) {
        row.next();
        if (row.getLong(1) < to * 0.98) {
          throw new IllegalStateException(row.getLong(1) + " of " + to + " pings are stored");
        }
      }
    }
  }

  /// A ping each five seconds would be 720; here they come each second, half a minute a message.
  private void hourOfEverybody() throws IOException {
    for (int i = 0; i < 24; i++) {
      runner.invoke(
          "LocationWriterFunction",
          WriterBenchmark.event(calls.some(stage.participants().size(), 30)));
    }
  }

  private List<Times> work() throws IOException {
    stage = stage.renewed(runner);
    List<Times> times = new ArrayList<>();
    try (KeptConnection connection = new KeptConnection(runner.front())) {
      for (int i = -WARM_UP; i < TIMES; i++) {
        Times once = work(connection, i);
        if (i >= 0) {
          times.add(once);
        }
      }
    }
    return times;
  }

  private Times work(KeptConnection connection, int turn) throws IOException {
    List<Call> sent = calls.some(stage.participants().size(), PINGS_A_MESSAGE);
    String event = WriterBenchmark.event(sent);
    long begin = System.nanoTime();
    runner.invoke("LocationWriterFunction", event);
    double store = (System.nanoTime() - begin) / 1e6;
    int count = stage.participants().size();
    String locations =
        "/api/v1/participants/"
            + stage.participants().get(Math.floorMod(turn, count)).id()
            + "/locations";
    Instant end = sent.getLast().last();
    return new Times(
        store,
        read(connection, locations + "/latest"),
        read(
            connection,
            locations + "?limit=100&from=" + end.minus(Duration.ofHours(1)) + "&to=" + end),
        read(connection, "/api/v1/eta/events/" + stage.event() + "?limit=100"));
  }

  private double read(KeptConnection connection, String path) throws IOException {
    byte[] request = KeptConnection.get(path, stage.accessToken());
    long begin = System.nanoTime();
    connection.send(request, OK);
    return (System.nanoTime() - begin) / 1e6;
  }
}
