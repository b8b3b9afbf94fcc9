package app.turnout.bench;

import app.turnout.runner.Runner;
import app.turnout.runner.replay.Answer;
import app.turnout.runner.replay.Api;
import app.turnout.runner.replay.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// A guest list as CSV, from its start to its last row, against COPY; and what of the heap is alive
/// meanwhile, with a tenth of the parts and with all.
final class ImportBenchmark {
  /// Of an event, by the largest plan.
  private static final int MOST_PARTICIPANTS = 100_000;

  private static final JsonMapper JSON = new JsonMapper();
  private static final int PARTS = 100;
  private static final int ROWS_A_COPY = 1_000;
  private static final int LARGEST_PART = 4 * 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final String FLOOR =
      """
      drop table if exists imported_floor;
      create table imported_floor (like public.participants including all);
      """;

  private final Runner runner;
  private final Stage stage;
  private final Api api;
  private final HttpClient http = HttpClient.newHttpClient();

  ImportBenchmark(Runner runner, Stage stage) throws SQLException {
    this.runner = runner;
    this.stage = stage;
    this.api = new Api(runner.front());
    stage.allowMany(runner);
  }

  List<Comparison> measure(Parameters parameters)
      throws SQLException, IOException, InterruptedException {
    List<Comparison.Round> rates = new ArrayList<>();
    for (int round = -1; round < parameters.rounds(); round++) {
      int rows = parameters.importedRows();
      double copied = copy(rows);
      double imported = rows * 1e9 / imported(file(rows), PARTS).toNanos();
      if (round >= 0) {
        rates.add(new Comparison.Round(copied, imported));
      }
    }
    int parts = parameters.rounds() < 5 ? PARTS / 10 : PARTS;
    double few = aliveDuring(parts / 10);
    double many = aliveDuring(parts);
    return List.of(
        new Comparison("CSV import, rows/s", rates),
        new Comparison(
            "CSV import, live heap with %d parts of 4 MiB and with %d, MB"
                .formatted(parts / 10, parts),
            List.of(new Comparison.Round(few, many))));
  }

  private static byte[] file(int rows) {
    StringBuilder text = new StringBuilder("Name;Phone;E-Mail;Tags\n");
    for (int i = 0; i < rows; i++) {
      text.append("Guest ")
          .append(i)
          .append(";+35387")
          .append(1_000_000 + i)
          .append(";guest")
          .append(i)
          .append("@example.com;\"first, second\"\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Cut by bytes, as a browser does.
  private Duration imported(byte[] file, int parts)
      throws SQLException, IOException, InterruptedException {
    int size = (file.length + parts - 1) / parts;
    return imported(
        parts,
        number ->
            Arrays.copyOfRange(file, (number - 1) * size, Math.min(file.length, number * size)));
  }

  private Duration imported(int parts, IntFunction<byte[]> content)
      throws SQLException, IOException, InterruptedException {
    String imports = "/api/v1/events/" + event() + "/participants/imports";
    String made = imports + "/" + post(imports, Json.object()).path("id").asText();
    for (int number = 1; number <= parts; number++) {
      put(made + "/parts/" + number, content.apply(number));
    }
    long begin = System.nanoTime();
    post(made + "/start", Json.object());
    for (Instant end = Instant.now().plus(PATIENCE); Instant.now().isBefore(end); ) {
      JsonNode state = api.get(made, "Bearer " + stage.accessToken()).body();
      if (state.path("status").asText().equals("completed")) {
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        JsonNode counts = state.path("counts");
        // A hundred parts of 4 MiB hold some rows more than the plan has places.
        if (counts.path("added").asLong()
            != Math.min(counts.path("rows").asLong(), MOST_PARTICIPANTS)) {
          throw new IllegalStateException("not all were added: " + counts);
        }
        return took;
      }
      Thread.sleep(20);
    }
    throw new IllegalStateException("the import did not end");
  }

  /// What was left of the heap after collections during an import of parts of 4 MiB, at most.
  private double aliveDuring(int parts) throws SQLException, IOException, InterruptedException {
    long[] most = {0};
    Thread watch =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  while (!Thread.interrupted()) {
                    System.gc();
                    Runtime heap = Runtime.getRuntime();
                    most[0] = Math.max(most[0], heap.totalMemory() - heap.freeMemory());
                    try {
                      Thread.sleep(250);
                    } catch (InterruptedException e) {
                      return;
                    }
                  }
                });
    imported(parts, ImportBenchmark::largePart);
    watch.interrupt();
    watch.join();
    return most[0] / 1e6;
  }

  private static byte[] largePart(int number) {
    ByteArrayOutputStream part = new ByteArrayOutputStream(LARGEST_PART);
    if (number == 1) {
      part.writeBytes("Name;E-Mail;Note\n".getBytes(StandardCharsets.UTF_8));
    }
    String note = "n".repeat(3_990);
    for (int i = 0; part.size() + 4_200 < LARGEST_PART; i++) {
      part.writeBytes(
          "Guest;guest%d.%d@example.com;%s\n"
              .formatted(number, i, note)
              .getBytes(StandardCharsets.UTF_8));
    }
    return part.toByteArray();
  }

  /// The same rows, a thousand a transaction, into a table with the same columns and indexes.
  private double copy(int rows) throws SQLException, IOException {
    try (Connection connection = runner.superuser().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(FLOOR);
      List<byte[]> texts = new ArrayList<>();
      for (int from = 0; from < rows; from += ROWS_A_COPY) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < Math.min(rows, from + ROWS_A_COPY); i++) {
          text.append(
              "%s\t%s\t%s\t%s\tGuest %d\t+35387%d\tguest%d@example.com\ten\t{first,second}\tpending\t%s\t%s\t1\n"
                  .formatted(
                      UUID.randomUUID(),
                      stage.organization(),
                      stage.event(),
                      stage.occurrence(),
                      i,
                      1_000_000 + i,
                      i,
                      "2026-01-01 00:00Z",
                      "2026-01-01 00:00Z"));
        }
        texts.add(text.toString().getBytes(StandardCharsets.UTF_8));
      }
      CopyManager copying = connection.unwrap(PGConnection.class).getCopyAPI();
      long begin = System.nanoTime();
      for (byte[] text : texts) {
        copying.copyIn(
            "copy imported_floor (id, organization_id, event_id, occurrence_id, name, phone, email,"
                + " locale, tags, status, created_at, updated_at, version) from stdin",
            new ByteArrayInputStream(text));
      }
      double rate = rows * 1e9 / (System.nanoTime() - begin);
      statement.execute("drop table imported_floor");
      return rate;
    }
  }

  /// An event of its own, where nobody is expected yet.
  private String event() throws IOException {
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(1));
    ObjectNode event =
        Json.object()
            .put("title", "Many")
            .put("time_zone", "Europe/Dublin")
            .put("starts_at", start.toString())
            .put("ends_at", start.plus(Duration.ofHours(2)).toString());
    event.putObject("position").put("latitude", 53.3438).put("longitude", -6.2546);
    return post("/api/v1/events", event).path("id").asText();
  }

  private JsonNode post(String path, ObjectNode body) throws IOException {
    Answer answer = api.post(path, "Bearer " + stage.accessToken(), body);
    if (!answer.isSuccess()) {
      throw new IllegalStateException(answer.summary());
    }
    return answer.body();
  }

  private void put(String path, byte[] content) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(runner.front().toString().replaceAll("/$", "") + path))
                .header("Authorization", "Bearer " + stage.accessToken())
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(JSON.readTree(answer.body()).toPrettyString());
    }
  }
}
