package app.turnout.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Somebody reads, through the front, against a floor that answers the same.
final class ReadBenchmark {
  private static final int OK = 200;

  private final URI front;
  private final URI floor;
  private final String what;
  private final byte[] request;

  private ReadBenchmark(URI front, URI floor, String what, byte[] request) {
    this.front = front;
    this.floor = floor;
    this.what = what;
    this.request = request;
  }

  /// A member reads an event, against [BareServer].
  static ReadBenchmark ofEvent(URI front, URI floor, Stage stage) {
    return new ReadBenchmark(
        front,
        floor,
        "read",
        KeptConnection.get("/api/v1/events/" + stage.event(), stage.accessToken()));
  }

  /// Anybody looks for public events, against [BareCatalogue].
  static ReadBenchmark ofCatalogue(URI front, URI floor) {
    return new ReadBenchmark(
        front, floor, "catalogue", KeptConnection.get(PublicEvents.SEARCH, "of-nobody"));
  }

  private record Reads(double perSecond, double medianMillis) {}

  List<Comparison> measure(Parameters parameters) throws IOException, InterruptedException {
    requireSameAnswer();
    int most = parameters.readers().getLast();
    read(floor, most, parameters.readWarmUp());
    read(front, most, parameters.readWarmUp());
    List<Comparison> comparisons = new ArrayList<>();
    for (int clients : parameters.readers()) {
      List<Comparison.Round> rates = new ArrayList<>();
      List<Comparison.Round> latencies = new ArrayList<>();
      for (int round = 0; round < parameters.rounds(); round++) {
        Reads bare = read(floor, clients, parameters.readTime());
        Reads product = read(front, clients, parameters.readTime());
        rates.add(new Comparison.Round(bare.perSecond(), product.perSecond()));
        latencies.add(new Comparison.Round(bare.medianMillis(), product.medianMillis()));
      }
      String who = what + ", " + clients + (clients == 1 ? " client, " : " clients, ");
      comparisons.add(new Comparison(who + "requests/s", rates));
      comparisons.add(new Comparison(who + "median ms", latencies));
    }
    return comparisons;
  }

  private void requireSameAnswer() throws IOException {
    JsonMapper json = new JsonMapper();
    try (KeptConnection product = new KeptConnection(front);
        KeptConnection bare = new KeptConnection(floor)) {
      JsonNode given = json.readTree(product.send(request, OK));
      JsonNode expected = json.readTree(bare.send(request, OK));
      if (!given.equals(expected)) {
        throw new IllegalStateException("two answers:\n" + given + "\n" + expected);
      }
    }
  }

  private Reads read(URI server, int clients, Duration time) throws InterruptedException {
    long begin = System.nanoTime();
    long end = begin + time.toNanos();
    List<double[]> all =
        Clients.run(
            server,
            clients,
            (client, connection) -> {
              double[] seconds = new double[1_024];
              int count = 0;
              for (long sent = System.nanoTime(); sent < end; ) {
                connection.send(request, OK);
                long answered = System.nanoTime();
                if (count == seconds.length) {
                  seconds = Arrays.copyOf(seconds, 2 * count);
                }
                seconds[count++] = (answered - sent) / 1e9;
                sent = answered;
              }
              return Arrays.copyOf(seconds, count);
            });
    double elapsed = (System.nanoTime() - begin) / 1e9;
    double[] seconds = all.stream().flatMapToDouble(Arrays::stream).toArray();
    return new Reads(seconds.length / elapsed, Spread.of(seconds).median() * 1_000);
  }
}
