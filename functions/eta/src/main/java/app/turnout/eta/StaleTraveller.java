package app.turnout.eta;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.ParticipantId;
import app.turnout.domain.TravelMode;
import org.jspecify.annotations.Nullable;

/// A participant whose position nothing was computed of yet, or of whom something else changed.
///
/// @param origin where the first ping was; null when that is not known yet
/// @param hasLeft whether they were away from there before
/// @param trail the pings before, that something was computed of
record StaleTraveller(
    ParticipantId id,
    TravelMode travelMode,
    Ping latest,
    @Nullable GeoPoint origin,
    boolean hasLeft,
    Trail trail) {}
