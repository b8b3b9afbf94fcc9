package app.turnout.eta;

import app.turnout.domain.ParticipantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A participant on the way, or not yet.
///
/// @param latest null before the first ping
/// @param arrivedAt null before that
record Traveller(
    ParticipantId id, String name, @Nullable Ping latest, @Nullable Instant arrivedAt) {}
