package app.turnout.eta;

import app.turnout.domain.GeoPoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What was computed of a participant's newest ping, to be kept.
///
/// @param routerDueAt when to ask the router again; null when it answered, or there is none
record ComputedEta(
    StaleTraveller traveller,
    Estimate estimate,
    ArrivalState state,
    GeoPoint origin,
    boolean hasLeft,
    Trail trail,
    @Nullable Instant routerDueAt) {}
