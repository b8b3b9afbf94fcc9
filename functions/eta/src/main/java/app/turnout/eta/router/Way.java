package app.turnout.eta.router;

import java.time.Duration;

/// A way along roads, as a router found it.
///
/// @param duration as fast as the router takes the roads to be
/// @param metres along the roads
/// @param offRoadMetres from the position to the road where the way begins
public record Way(Duration duration, double metres, double offRoadMetres) {}
