package app.turnout.live.sockets;

import app.turnout.live.Connection;
import app.turnout.live.Watches;
import jakarta.inject.Singleton;

/// Opens and closes connections.
@Singleton
final class KeepConnection {
  private final Watches watches;

  KeepConnection(Watches watches) {
    this.watches = watches;
  }

  /// Takes the ticket, for good.
  ///
  /// @return false when it opens nothing
  boolean open(String connection, String ticket) {
    return watches
        .takeTicket(ticket)
        .map(
            watch -> {
              watches.connected(new Connection(connection, watch));
              return true;
            })
        .orElse(false);
  }

  /// Nothing is sent any more. Safe to do twice.
  void close(String connection) {
    watches.find(connection).ifPresent(watches::forget);
  }
}
