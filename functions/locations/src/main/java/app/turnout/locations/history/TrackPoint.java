package app.turnout.locations.history;

import app.turnout.domain.ParticipantId;
import app.turnout.locations.Ping;
import java.time.Instant;

/// A ping as it is kept.
record TrackPoint(ParticipantId participant, Ping ping, Instant receivedAt) {
  /// Where it stands in a history.
  Mark mark() {
    return new Mark(participant, ping.recordedAt());
  }
}
