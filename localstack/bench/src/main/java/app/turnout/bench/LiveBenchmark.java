package app.turnout.bench;

import app.turnout.runner.replay.Answer;
import app.turnout.runner.replay.Api;
import app.turnout.runner.replay.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletionException;

/// Pings from their acceptance until those who watch have them, at a rate that is kept. There is no
/// floor: what bounds it is that the writer gathers pings for a second.
final class LiveBenchmark {
  static final int WATCHERS = 100;
  static final int PINGS_A_SECOND = 500;

  private static final int ACCEPTED = 202;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 20;

  private final URI front;
  private final Api api;
  private final Stage stage;

  LiveBenchmark(URI front, Stage stage) {
    this.front = front;
    this.api = new Api(front);
    this.stage = stage;
  }

  /// Warms up, then measures.
  Latencies measure(Parameters parameters) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    try {
      return measure(http, parameters);
    } finally {
      // Closing it would wait for the watchers, who stay.
      http.shutdownNow();
    }
  }

  private Latencies measure(HttpClient http, Parameters parameters)
      throws IOException, InterruptedException {
    Sightings sightings = new Sightings();
    List<Watcher> watchers = new ArrayList<>();
    for (int i = 0; i < WATCHERS; i++) {
      watchers.add(watch(http, sightings));
    }
    awaitAll(watchers, send(parameters.liveWarmUp(), parameters.pingClients()));
    long begin = System.nanoTime();
    List<Accepted> accepted = send(parameters.liveTime(), parameters.pingClients());
    double seconds = (System.nanoTime() - begin) / 1e9;
    awaitAll(watchers, accepted);
    return Latencies.of(
        accepted.size() * pingsPerCall() / seconds,
        WATCHERS,
        watchers.stream().flatMapToDouble(watcher -> watcher.delays(accepted)).toArray());
  }

  private Watcher watch(HttpClient http, Sightings sightings)
      throws IOException, InterruptedException {
    Answer ticket =
        api.post(
            "/api/v1/live/tickets",
            "Bearer " + stage.accessToken(),
            Json.object().put("event_id", stage.event().toString()));
    if (!ticket.isSuccess()) {
      throw new IllegalStateException(ticket.summary());
    }
    Watcher watcher = new Watcher(sightings);
    try {
      WebSocket socket =
          http.newWebSocketBuilder()
              .buildAsync(URI.create(ticket.body().path("url").asText()), watcher)
              .join();
      socket
          .sendText(
              Json.object()
                  .put("action", "subscribe")
                  .put("event_id", stage.event().toString())
                  .putNull("occurrence_id")
                  .toString(),
              true)
          .join();
      watcher.awaitSubscribed(PATIENCE);
      return watcher;
    } catch (CompletionException e) {
      throw new IOException("a watcher cannot connect", e.getCause());
    }
  }

  /// Every participant's phone sends once a second what it gathered in it; they take turns.
  private List<Accepted> send(Duration time, int clients) throws InterruptedException {
    int phones = stage.participants().size();
    long calls = time.toMillis() * phones / 1000;
    long nanosBetween = 1_000_000_000L / phones;
    long begin = System.nanoTime();
    return Clients.run(
            front,
            clients,
            (client, connection) -> {
              List<Accepted> accepted = new ArrayList<>();
              for (long i = client; i < calls; i += clients) {
                await(begin + i * nanosBetween);
                Stage.Participant phone = stage.participants().get((int) (i % phones));
                Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
                connection.send(
                    KeptConnection.post(
                        "/api/v1/participants/" + phone.id() + "/locations",
                        phone.link(),
                        body(now)),
                    ACCEPTED);
                accepted.add(new Accepted(phone.id().toString(), now, System.nanoTime()));
              }
              return accepted;
            })
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private int pingsPerCall() {
    return PINGS_A_SECOND / stage.participants().size();
  }

  private byte[] body(Instant newest) {
    int count = pingsPerCall();
    StringJoiner body = new StringJoiner(",", "{\"locations\":[", "]}");
    for (int i = count - 1; i >= 0; i--) {
      Instant time = newest.minusMillis(1000L * i / count);
      body.add(
          """
          {"latitude":%s,"longitude":-8.62,"recorded_at":"%s","accuracy_metres":8.5}\
          """
              .formatted((52_660_000 + time.toEpochMilli() % 1_000_000 / 50) / 1e6, time));
    }
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void await(long nanos) {
    long left = nanos - System.nanoTime();
    if (left > 0) {
      try {
        Thread.sleep(Duration.ofNanos(left));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void awaitAll(List<Watcher> watchers, List<Accepted> accepted)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (Watcher watcher : watchers) {
      while (!watcher.hasAll(accepted)) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("a watcher has not seen all that was accepted");
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }
}
