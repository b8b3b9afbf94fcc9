package app.turnout.locations.writer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A port of this machine that leads to another one while it is open. When it closes, every
/// connection ends, and no new one is made.
final class Gate implements AutoCloseable {
  private final int behind;
  private final int port;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private @Nullable ServerSocket server;

  Gate(int behind) throws IOException {
    this.behind = behind;
    ServerSocket first = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.port = first.getLocalPort();
    listen(first);
  }

  int port() {
    return port;
  }

  void open() throws IOException {
    listen(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
  }

  private void listen(ServerSocket opened) {
    server = opened;
    Thread.ofVirtual()
        .start(
            () -> {
              while (!opened.isClosed()) {
                try {
                  Socket near = opened.accept();
                  Socket far = new Socket(InetAddress.getLoopbackAddress(), behind);
                  sockets.add(near);
                  sockets.add(far);
                  Thread.ofVirtual().start(() -> pass(near, far));
                  Thread.ofVirtual().start(() -> pass(far, near));
                } catch (IOException e) {
                  return;
                }
              }
            });
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of them is closed, and so the other.
    }
  }

  @Override
  public void close() {
    shut();
  }

  void shut() {
    try {
      if (server != null) {
        server.close();
      }
      for (Socket socket : sockets) {
        socket.close();
      }
      sockets.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
