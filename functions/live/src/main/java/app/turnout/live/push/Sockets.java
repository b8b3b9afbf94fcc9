package app.turnout.live.push;

/// The WebSockets that are open, by API Gateway's ids.
interface Sockets {
  /// What became of a message.
  enum Outcome {
    /// API Gateway has it.
    TAKEN,

    /// API Gateway takes no more for now; the next one may do.
    REFUSED,

    /// The socket is closed, or so slow that it is better closed.
    LOST
  }

  /// Sends a text. Takes a bounded time, whatever the other side does, and does not throw.
  Outcome send(String connection, byte[] message);

  /// Closes it, if it is open; does not throw.
  void close(String connection);
}
