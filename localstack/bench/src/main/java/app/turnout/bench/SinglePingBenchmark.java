package app.turnout.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// One ping a request, until the queue has it, against a function that is given the message that
/// the product makes of such a ping, hands it to the same queue, and does nothing else. Both sides
/// have their pings stored meanwhile.
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
      List<Call> handed = calls.single();
      double bare =
          send(
              handed,
              parameters.pingClients(),
              call ->
                  KeptConnection.post(
                      BareSend.PATH,
                      call.participant().link(),
                      call.message(call.from()).getBytes(UTF_8)));
      List<Call> sent = calls.single();
      double taken =
          send(
              sent,
              parameters.pingClients(),
              call ->
                  KeptConnection.post(
                      "/api/v1/participants/" + call.participant().id() + "/locations",
                      call.participant().link(),
                      call.body()));
      if (round >= 0) {
        rounds.add(new Comparison.Round(bare, taken));
      }
    }
    return new Comparison("single pings taken, requests/s", rounds);
  }

  private interface Request {
    byte[] of(Call call);
  }

  /// Waits until all are stored, so that neither side has the other's to work off.
  ///
  /// @return requests answered a second
  private double send(List<Call> sent, int clients, Request request)
      throws SQLException, InterruptedException {
    List<byte[]> requests = sent.stream().map(request::of).toList();
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
    double perSecond = requests.size() * 1e9 / (System.nanoTime() - begin);
    stored.awaitAll(sent);
    return perSecond;
  }
}
