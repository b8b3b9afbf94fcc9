package app.turnout.stores;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Ports of the loopback interface.
public final class Ports {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 1_000;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  /// A byte of it for each port is locked by the process that was given the port, for as long as it
  /// lives: seconds pass until a store listens there, and other processes look for ports, too.
  private static final Optional<FileChannel> RESERVATIONS = open();

  private Ports() {}

  private static Optional<FileChannel> open() {
    try {
      return Optional.of(
          FileChannel.open(
              Path.of(System.getProperty("java.io.tmpdir"), "turnout-ports"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE));
    } catch (IOException e) {
      // Another user's: then ports are only looked at.
      return Optional.empty();
    }
  }

  /// A port that nobody uses at this moment, and that no process was given before that still runs.
  /// It lies below those that systems give to outgoing connections, so none of these takes it
  /// meanwhile.
  public static int free() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (GIVEN.add(port) && isReserved(port) && isFree(port)) {
        return port;
      }
    }
    throw new StoreException("no free port on the loopback interface");
  }

  /// Whether it is this process's from now on.
  private static boolean isReserved(int port) {
    try {
      return RESERVATIONS.isEmpty() || RESERVATIONS.get().tryLock(port, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return true; // No locks on this file system.
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
