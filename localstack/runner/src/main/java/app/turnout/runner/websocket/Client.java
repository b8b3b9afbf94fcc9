package app.turnout.runner.websocket;

import java.time.Instant;

/// Who is at the other end of a connection, as events tell it.
///
/// @param connectedAt product time
/// @param host that it asked for
record Client(
    String connectionId, Instant connectedAt, String sourceIp, String userAgent, String host) {}
