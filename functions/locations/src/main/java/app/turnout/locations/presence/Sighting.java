package app.turnout.locations.presence;

import app.turnout.domain.ParticipantId;
import java.time.Instant;

/// Somebody whose pings may tell that they came or went.
///
/// @param since the earliest ping that is new
public record Sighting(ParticipantId participant, Instant since) {}
