package app.turnout.bench;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Pings from a phone's request until they are stored, through the front, the queue and the writer,
/// against COPY.
final class HttpBenchmark {
  private static final int ACCEPTED = 202;

  private final URI front;
  private final Calls calls;
  private final EqualTable floor;
  private final StoredPings stored;

  HttpBenchmark(URI front, Calls calls, EqualTable floor, StoredPings stored) {
    this.front = front;
    this.calls = calls;
    this.floor = floor;
    this.stored = stored;
  }

  Comparison measure(Parameters parameters) throws IOException, SQLException, InterruptedException {
    List<Comparison.Round> rounds = new ArrayList<>();
    for (int round = -parameters.httpWarmUp(); round < parameters.rounds(); round++) {
      List<Call> sent = new ArrayList<>();
      for (int i = 0; i < parameters.timesByHttp(); i++) {
        sent.addAll(calls.round());
      }
      double copied = floor.copy(calls.batches(sent));
      double written = send(sent, parameters.pingClients());
      if (round >= 0) {
        rounds.add(new Comparison.Round(copied, written));
      }
    }
    return new Comparison("HTTP to stored, pings/s", rounds);
  }

  private double send(List<Call> sent, int clients) throws SQLException, InterruptedException {
    List<byte[]> requests =
        sent.stream()
            .map(
                call ->
                    KeptConnection.post(
                        "/api/v1/participants/" + call.participant().id() + "/locations",
                        call.participant().link(),
                        call.body()))
            .toList();
    long begin = System.nanoTime();
    Clients.run(
        front,
        clients,
        (client, connection) -> {
          for (int i = client; i < requests.size(); i += clients) {
            connection.send(requests.get(i), ACCEPTED);
          }
          return true;
        });
    return stored.awaitAll(sent) * 1e9 / (System.nanoTime() - begin);
  }
}
