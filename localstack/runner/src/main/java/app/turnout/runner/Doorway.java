package app.turnout.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Lets containers in to servers that listen on the loopback interface alone: the same ports, at an
/// address of this machine that containers reach, and others on the network do not.
final class Doorway implements AutoCloseable {
  /// Docker's bridge on Linux. Docker Desktop has none, and leads containers to the loopback
  /// interface by itself.
  private static final String BRIDGE = "docker0";

  private final InetAddress address;
  private final List<ServerSocket> doors;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private Doorway(InetAddress address, List<ServerSocket> doors) {
    this.address = address;
    this.doors = doors;
  }

  /// Where containers find this machine, when that is not the loopback interface.
  static Optional<InetAddress> bridge() {
    try {
      NetworkInterface bridge = NetworkInterface.getByName(BRIDGE);
      return bridge == null
          ? Optional.empty()
          : bridge.inetAddresses().filter(java.net.Inet4Address.class::isInstance).findFirst();
    } catch (SocketException e) {
      return Optional.empty();
    }
  }

  /// Opens it at an address.
  ///
  /// @throws RunnerException when a port is taken there, or the address is not this machine's
  static Doorway open(InetAddress address, List<Integer> ports) {
    Doorway doorway =
        new Doorway(address, ports.stream().map(port -> listen(address, port)).toList());
    for (ServerSocket door : doorway.doors) {
      Thread.ofVirtual().name("doorway").start(() -> doorway.admit(door));
    }
    return doorway;
  }

  private static ServerSocket listen(InetAddress address, int port) {
    try {
      ServerSocket door = new ServerSocket();
      door.setReuseAddress(true);
      door.bind(new InetSocketAddress(address, port));
      return door;
    } catch (IOException e) {
      throw new RunnerException(
          "cannot let containers in at %s:%d: %s"
              .formatted(address.getHostAddress(), port, e.getMessage()),
          e);
    }
  }

  InetAddress address() {
    return address;
  }

  private void admit(ServerSocket door) {
    while (!door.isClosed()) {
      try {
        Socket guest = door.accept();
        Socket server = new Socket();
        open.add(guest);
        open.add(server);
        Thread.ofVirtual().start(() -> serve(guest, server, door.getLocalPort()));
      } catch (IOException _) {
        // Closed, or a guest who left at once.
      }
    }
  }

  private void serve(Socket guest, Socket server, int port) {
    try (guest;
        server) {
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      Thread answers = Thread.ofVirtual().start(() -> pass(server, guest));
      pass(guest, server);
      answers.join();
    } catch (IOException _) {
      // The server is away; the guest sees its connection end.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(guest);
      open.remove(server);
    }
  }

  /// All that comes from one side, and then its end.
  private static void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException _) {
      close(from);
      close(to);
    }
  }

  @Override
  public void close() {
    doors.forEach(Doorway::close);
    open.forEach(Doorway::close);
  }

  private static void close(java.io.Closeable socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is gone.
    }
  }
}
