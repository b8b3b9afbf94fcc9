package app.turnout.locations.pings;

import app.turnout.locations.Ping;
import java.time.Instant;

/// A ping as it is kept.
record StoredPing(Ping ping, Instant receivedAt) {}
