package app.turnout.locations.history;

import app.turnout.domain.ParticipantId;
import java.time.Instant;

/// A place in a history, which is in the order of the participants' ids, and of the times at which
/// each one's pings were recorded.
record Mark(ParticipantId participant, Instant recordedAt) {}
