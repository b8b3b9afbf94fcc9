package app.turnout.bench;

import java.time.Instant;

/// A call with pings that was accepted.
///
/// @param recordedAt of its newest ping
/// @param nanos when it was accepted, by this process's clock
record Accepted(String participant, Instant recordedAt, long nanos) {}
