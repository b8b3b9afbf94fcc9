package app.turnout.tracks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A track as it is kept.
///
/// @param start the time of second 0
/// @param positions what the phone told
/// @param departure when the way really began
/// @param arrival when somebody was really there; empty for who never was
/// @param routerSeconds how long the router takes for the way
record MadeTrack(
    String name,
    Kind kind,
    Venue venue,
    Instant start,
    List<Moment> positions,
    Instant departure,
    Optional<Instant> arrival,
    double routerSeconds) {
  MadeTrack {
    positions = List.copyOf(positions);
  }

  Instant time(Moment moment) {
    return start.plusSeconds((long) moment.seconds());
  }
}
