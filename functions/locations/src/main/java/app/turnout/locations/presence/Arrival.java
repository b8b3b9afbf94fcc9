package app.turnout.locations.presence;

import app.turnout.domain.ParticipantId;
import java.time.Instant;

/// Somebody arrived.
///
/// @param isCheckIn whether arriving is checking in at that event
public record Arrival(ParticipantId participant, Instant at, boolean isCheckIn) {}
