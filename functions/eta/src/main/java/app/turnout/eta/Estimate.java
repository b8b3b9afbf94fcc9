package app.turnout.eta;

import app.turnout.eta.router.Way;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How far away a participant is at the time of the newest ping.
///
/// @param remaining from the newest ping's time until within the place's arrival radius
/// @param distanceMetres great-circle distance to the place
/// @param moving whether the last minutes' positions differ by more than noise; standing still says
///   nothing about having arrived
/// @param goingAway whether the last minutes led away from the place
/// @param way null unless it is by a router
record Estimate(
    Strategy strategy,
    Duration remaining,
    double distanceMetres,
    boolean moving,
    boolean goingAway,
    @Nullable Way way) {}
