package app.turnout.bench;

import app.turnout.runner.Runner;
import app.turnout.runner.replay.Api;
import app.turnout.runner.replay.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Somebody asks when a thousand participants will be there, each of whom has moved since it was
/// asked last: what it takes beside the router, against reading their positions. A quarter of an
/// hour of pings, ten seconds apart, is stored of each.
final class EtaBenchmark {
  private static final int PARTICIPANTS = 1_000;
  private static final int BATCH = 500;
  private static final int OK = 200;
  private static final int WARM_UP = 5;
  private static final int TIMES = 20;
  private static final Duration STEP = Duration.ofSeconds(10);
  private static final int STEPS = 90;

  private final Runner runner;
  private final Stage stage;
  private final InstantRouter router;

  EtaBenchmark(Runner runner, Stage stage, InstantRouter router) throws IOException {
    this.runner = runner;
    this.stage = stage.renewed(runner);
    this.router = router;
  }

  Comparison measure(Parameters parameters) throws SQLException, IOException {
    Stage many = crowd();
    Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(2));
    for (int i = 0; i < STEPS; i++) {
      move(many, time);
      time = time.plus(STEP);
    }
    byte[] request =
        KeptConnection.get("/api/v1/eta/events/" + many.event() + "?limit=100", many.accessToken());
    List<Comparison.Round> rounds = new ArrayList<>();
    try (KeptConnection connection = new KeptConnection(runner.front());
        Connection database = runner.superuser().getConnection()) {
      for (int i = -WARM_UP; i < Math.min(TIMES, 4 * parameters.rounds()); i++) {
        move(many, time);
        time = time.plus(STEP);
        int calls = router.calls();
        double routed = router.millis();
        long begin = System.nanoTime();
        connection.send(request, OK);
        double took = (System.nanoTime() - begin) / 1e6 - (router.millis() - routed);
        if (router.calls() != calls + 1) {
          throw new IllegalStateException(
              "the router was asked " + (router.calls() - calls) + " times");
        }
        double read = positions(database, many.occurrence());
        if (i >= 0) {
          rounds.add(new Comparison.Round(read, took));
        }
      }
    }
    return new Comparison("eta/events of 1,000 moved, ms", rounds);
  }

  private void move(Stage many, Instant time) throws IOException {
    runner.invoke(
        "LocationWriterFunction",
        WriterBenchmark.event(
            many.participants().stream()
                .map(participant -> new Call(many, participant, time, 1))
                .toList()));
  }

  private static double positions(Connection database, UUID occurrence) throws SQLException {
    long begin = System.nanoTime();
    int rows = 0;
    try (PreparedStatement statement =
        database.prepareStatement("select * from latest_positions where occurrence_id = ?")) {
      statement.setObject(1, occurrence);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows += row.getObject("latitude") == null ? 0 : 1;
        }
      }
    }
    if (rows != PARTICIPANTS) {
      throw new IllegalStateException(rows + " positions are known");
    }
    return (System.nanoTime() - begin) / 1e6;
  }

  /// A thousand who consented to an event of their own.
  private Stage crowd() throws IOException, SQLException {
    Api api = new Api(runner.front());
    stage.allowMany(runner);
    UUID event = Stage.id(Stage.post(api, "/api/v1/events", stage.accessToken(), Stage.plan()));
    JsonNode published =
        Stage.post(
            api, "/api/v1/events/" + event + "/activate", stage.accessToken(), Json.object());
    for (int from = 0; from < PARTICIPANTS; from += BATCH) {
      ObjectNode batch = Json.object();
      ArrayNode rows = batch.putArray("participants");
      for (int i = from; i < from + BATCH; i++) {
        rows.addObject().put("name", "Guest " + i);
      }
      Stage.post(
          api, "/api/v1/events/" + event + "/participants/batch", stage.accessToken(), batch);
    }
    return stage.at(event, Stage.id(published.path("occurrence")), consenting(event));
  }

  private List<Stage.Participant> consenting(UUID event) throws SQLException {
    List<Stage.Participant> consenting = new ArrayList<>();
    try (Connection connection = runner.superuser().getConnection();
        PreparedStatement consent =
            connection.prepareStatement(
                """
                insert into consents (participant_id, organization_id, granted, changed_at)
                select p.id, p.organization_id, true, now() - interval '1 day'
                from participants p
                join occurrences o on o.id = p.occurrence_id
                where o.event_id = ?
                returning participant_id
                """)) {
      consent.setObject(1, event);
      try (ResultSet row = consent.executeQuery()) {
        while (row.next()) {
          consenting.add(new Stage.Participant(row.getObject(1, UUID.class), "none"));
        }
      }
    }
    return consenting;
  }
}
