package app.turnout.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import io.micronaut.context.ApplicationContext;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The database goes away while a function connects for the first time, and comes back.
class FirstConnectionTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  /// Between a function and the database: cuts the first connection as soon as its client asks for
  /// something, once it is logged in.
  private static final class Cutting implements Closeable {
    private static final byte[] FIRST_QUESTION = "SHOW ".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger cut = new AtomicInteger();
    private final String host;
    private final int port;

    Cutting(URI database) throws IOException {
      this.host = database.getHost();
      this.port = database.getPort();
      Thread.ofVirtual().start(this::accept);
    }

    int port() {
      return server.getLocalPort();
    }

    private void accept() {
      try {
        while (true) {
          Socket client = server.accept();
          Socket database = new Socket(host, port);
          Thread.ofVirtual().start(() -> relay(client, database, cut.get() == 0));
          Thread.ofVirtual().start(() -> relay(database, client, false));
        }
      } catch (IOException _) {
        // Closed.
      }
    }

    private void relay(Socket from, Socket to, boolean cuts) {
      byte[] bytes = new byte[8192];
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
          String text = new String(bytes, 0, count, StandardCharsets.US_ASCII);
          if (cuts && text.contains(new String(FIRST_QUESTION, StandardCharsets.US_ASCII))) {
            cut.incrementAndGet();
            return;
          }
          out.write(bytes, 0, count);
        }
      } catch (IOException _) {
        // The other direction has closed both.
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  @Test
  void aFunctionWhoseFirstConnectionWasCutHasGoodOnesAfterwards() throws IOException {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("connecting", DATABASE, TestDatabase.APP));
    properties.put("datasources.default.connection-timeout", 2_000);
    String url = String.valueOf(properties.get("datasources.default.url"));
    URI database = URI.create(url.replaceFirst("^jdbc:", ""));
    try (Cutting cutting = new Cutting(database)) {
      properties.put(
          "datasources.default.url",
          url.replace(
              database.getHost() + ":" + database.getPort(), "127.0.0.1:" + cutting.port()));
      try (ApplicationContext context = ApplicationContext.run(properties)) {
        Database tested = context.getBean(Database.class);
        int answer = -1;
        for (int attempt = 0; answer < 0 && attempt < 3; attempt++) {
          try {
            answer = one(tested);
          } catch (RuntimeException e) {
            assertThat(cutting.cut).as("%s", e).hasValue(1);
          }
        }

        assertThat(cutting.cut).hasValue(1);
        assertThat(answer).isEqualTo(1);
      }
    }
  }

  private static int one(Database database) {
    return database.inTransaction(
        () -> database.handle().createQuery("select 1").mapTo(Integer.class).one());
  }
}
