package app.turnout.runner.websocket;

import java.time.Duration;

/// What a connection may cost. Times are the machine's, not the product's.
///
/// @param frameBytes the longest frame that a client may send, and that is sent to it
/// @param messageBytes the longest message either way
/// @param bufferBytes how much may wait for a client that does not read; who lets more come
///   together is cut off
/// @param idle how long nothing may pass either way
/// @param lifetime how long a connection may last
public record WebSocketLimits(
    int frameBytes, int messageBytes, int bufferBytes, Duration idle, Duration lifetime) {
  /// API Gateway's quotas. It does not tell the size of its buffer.
  public static final WebSocketLimits AWS =
      new WebSocketLimits(
          32 * 1024, 128 * 1024, 512 * 1024, Duration.ofMinutes(10), Duration.ofHours(2));
}
