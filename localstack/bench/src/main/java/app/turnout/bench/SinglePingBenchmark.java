package app.turnout.bench;

import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// One ping a request, until the queue has it, against a function that hands the same bodies to a
/// queue and does nothing else.
final class SinglePingBenchmark {
  private static final int ACCEPTED = 202;

  private final URI front;
  private final Calls calls;
  private final StoredPings stored;

  SinglePingBenchmark(URI front, Calls calls, StoredPings stored) {
    this.front = front;
    this.calls = calls;
    this.stored = stored;
  }

  Comparison measure(Parameters parameters) throws SQLException, InterruptedException {
    List<Comparison.Round> rounds = new ArrayList<>();
    for (int round = -parameters.httpWarmUp(); round < parameters.rounds(); round++) {
      List<Call> sent = calls.single();
      double bare = send(sent, parameters.pingClients(), call -> BareSend.PATH);
      double taken =
          send(
              sent,
              parameters.pingClients(),
              call -> "/api/v1/participants/" + call.participant().id() + "/locations");
      stored.awaitAll(sent);
      if (round >= 0) {
        rounds.add(new Comparison.Round(bare, taken));
      }
    }
    return new Comparison("single pings taken, requests/s", rounds);
  }

  private interface Path {
    String of(Call call);
  }

  private double send(List<Call> sent, int clients, Path path) throws InterruptedException {
    List<byte[]> requests =
        sent.stream()
            .map(call -> KeptConnection.post(path.of(call), call.participant().link(), call.body()))
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
    return requests.size() * 1e9 / (System.nanoTime() - begin);
  }
}
