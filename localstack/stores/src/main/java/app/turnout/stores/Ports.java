package app.turnout.stores;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Ports of the loopback interface.
public final class Ports {
  private Ports() {}

  /// A port that nobody uses at this moment. Another process may take it before the caller does.
  public static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StoreException("no free port on the loopback interface: " + e.getMessage(), e);
    }
  }

  /// The wished port if nobody uses it, else any free one; 0 wishes for none.
  public static int preferably(int wished) {
    return wished != 0 && isFree(wished) ? wished : free();
  }

  /// The port itself, or a free one for 0.
  ///
  /// @throws StoreException when the port is taken; its message names what wanted it
  public static int take(int port, String what) {
    if (port == 0) {
      return free();
    }
    if (!isFree(port)) {
      throw new StoreException("port " + port + " is taken, and " + what + " needs it");
    }
    return port;
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
