package app.turnout.eta;

import java.time.Duration;

/// How far away a participant is at the time of the newest ping.
///
/// @param remaining from the newest ping's time until within the place's arrival radius
/// @param distanceMetres great-circle distance to the place
/// @param moving whether the last minutes' positions differ by more than noise; standing still says
///   nothing about having arrived
record Estimate(Strategy strategy, Duration remaining, double distanceMetres, boolean moving) {}
