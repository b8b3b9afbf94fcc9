package app.turnout.stores;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Ports of the loopback interface.
public final class Ports {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 1_000;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /// A port that nobody uses at this moment, and that this process was not given before. It lies
  /// below those that systems give to outgoing connections, so none of these takes it meanwhile.
  public static int free() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (GIVEN.add(port) && isFree(port)) {
        return port;
      }
    }
    throw new StoreException("no free port on the loopback interface");
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
