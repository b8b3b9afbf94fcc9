package app.turnout.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Answers OSRM's table requests at once, with the same way from everywhere: what is measured is
/// all but the router.
final class InstantRouter implements AutoCloseable {
  private final HttpServer server;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();

  private InstantRouter(HttpServer server) {
    this.server = server;
  }

  static InstantRouter start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    InstantRouter router = new InstantRouter(server);
    server.createContext("/table/v1/", router::answer);
    server.start();
    return router;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// How often it was asked.
  int calls() {
    return calls.get();
  }

  /// How long it took to answer, all in all.
  double millis() {
    return nanos.get() / 1e6;
  }

  private void answer(HttpExchange exchange) throws IOException {
    long begin = System.nanoTime();
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      int points = points(path.substring(path.indexOf('(') + 1, path.lastIndexOf(')')));
      byte[] body =
          ("{\"code\":\"Ok\",\"durations\":"
                  + list("[10800.5]", points)
                  + ",\"distances\":"
                  + list("[250000.5]", points)
                  + ",\"sources\":"
                  + list("{\"name\":\"\",\"location\":[-8.62,52.66],\"distance\":3.5}", points)
                  + ",\"destinations\":"
                  + list("{\"name\":\"\",\"location\":[-6.25,53.34],\"distance\":3.5}", 1)
                  + "}")
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } finally {
      calls.incrementAndGet();
      nanos.addAndGet(System.nanoTime() - begin);
    }
  }

  private static String list(String item, int count) {
    return "[" + String.join(",", Collections.nCopies(count, item)) + "]";
  }

  /// In a polyline a number ends with a character below 0x5F, and a point is two.
  private static int points(String polyline) {
    return (int) polyline.chars().filter(c -> c - 63 < 0x20).count() / 2;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
