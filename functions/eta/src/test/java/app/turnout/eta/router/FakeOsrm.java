package app.turnout.eta.router;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// An OSRM server that answers as the real one does, its errors word for word, and can be told to
/// misbehave.
public final class FakeOsrm implements AutoCloseable {
  /// What is asked, and how it is answered.
  ///
  /// @param query as it came
  /// @param longitudes of the coordinates, the destination's first
  public record Asked(String path, String query, List<Double> latitudes, List<Double> longitudes) {
    public Asked {
      latitudes = List.copyOf(latitudes);
      longitudes = List.copyOf(longitudes);
    }

    public int size() {
      return latitudes.size();
    }

    public boolean hasRadii() {
      return query.contains("radiuses=");
    }
  }

  /// An answer.
  public record Answer(int status, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Function<Asked, Answer> answers = FakeOsrm::table;

  public FakeOsrm() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  public void answer(Function<Asked, Answer> with) {
    answers = with;
  }

  public void forget() {
    asked.clear();
    answers = FakeOsrm::table;
  }

  /// Never answers.
  public Answer hang() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Answer(503, "");
  }

  /// A second each ten metres on the map of a degree's 111 km, by a road 1.3 times as long as the
  /// straight line; everybody is five metres from the road.
  public static Answer table(Asked asked) {
    return table(asked, 1, 5);
  }

  public static Answer table(Asked asked, double factor, double offRoad) {
    List<String> durations = new ArrayList<>();
    List<String> distances = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      double north = (asked.latitudes().get(i) - asked.latitudes().getFirst()) * 111_195;
      double east =
          (asked.longitudes().get(i) - asked.longitudes().getFirst())
              * 111_195
              * Math.cos(Math.toRadians(asked.latitudes().getFirst()));
      double metres = 1.3 * Math.hypot(north, east);
      distances.add("[" + metres + "]");
      durations.add("[" + factor * metres / 10 + "]");
      sources.add(waypoint(i == 0 ? 0 : offRoad));
    }
    return new Answer(
        200,
        """
        {"code":"Ok","distances":[%s],"destinations":[%s],"durations":[%s],"sources":[%s]}
        """
            .formatted(
                String.join(",", distances),
                waypoint(0),
                String.join(",", durations),
                String.join(",", sources)));
  }

  private static String waypoint(double offRoad) {
    return "{\"location\":[15.6,48.4],\"name\":\"\",\"distance\":" + offRoad + "}";
  }

  public static Answer noSegment(int coordinate) {
    return new Answer(
        400,
        "{\"message\":\"Could not find a matching segment for coordinate "
            + coordinate
            + "\",\"code\":\"NoSegment\"}");
  }

  public static Answer tooBig() {
    return new Answer(400, "{\"message\":\"Too many table coordinates\",\"code\":\"TooBig\"}");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String raw = exchange.getRequestURI().getRawPath();
      int open = raw.indexOf("polyline6(");
      List<Double> latitudes = new ArrayList<>();
      List<Double> longitudes = new ArrayList<>();
      decode(
          URLDecoder.decode(
              raw.substring(open + "polyline6(".length(), raw.length() - 1),
              StandardCharsets.UTF_8),
          latitudes,
          longitudes);
      Asked request =
          new Asked(
              raw.substring(0, open),
              exchange.getRequestURI().getRawQuery(),
              latitudes,
              longitudes);
      asked.add(request);
      Answer answer = answers.apply(request);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json; charset=UTF-8");
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void decode(String text, List<Double> latitudes, List<Double> longitudes) {
    long[] point = new long[2];
    int at = 0;
    while (at < text.length()) {
      for (int axis = 0; axis < 2; axis++) {
        long value = 0;
        int shift = 0;
        int chunk;
        do {
          chunk = text.charAt(at++) - 63;
          value |= (long) (chunk & 0x1f) << shift;
          shift += 5;
        } while (chunk >= 0x20);
        point[axis] += (value & 1) == 1 ? ~(value >> 1) : value >> 1;
      }
      latitudes.add(point[0] / 1e6);
      longitudes.add(point[1] / 1e6);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
