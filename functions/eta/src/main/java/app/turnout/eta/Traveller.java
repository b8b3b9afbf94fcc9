package app.turnout.eta;

import app.turnout.domain.ParticipantId;
import app.turnout.domain.TravelMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A participant on the way, or not yet.
///
/// @param expected whether they did not say that they will not come
/// @param latest null before the first ping
/// @param arrivedAt null before that
/// @param kept what was computed last; null before the first time
public record Traveller(
    ParticipantId id,
    String name,
    TravelMode travelMode,
    boolean expected,
    @Nullable Ping latest,
    @Nullable Instant arrivedAt,
    @Nullable Kept kept) {
  /// What was computed of a participant's position.
  ///
  /// @param basedOn the time of the ping that it rests on
  /// @param remaining from that time until within the place's arrival radius
  /// @param routeMetres by road; null unless a router said it
  /// @param offRoadMetres from the position to that road; null unless a router said it
  /// @param toldState what those who watch were told last; null when they were told nothing
  public record Kept(
      Instant basedOn,
      Strategy strategy,
      Duration remaining,
      @Nullable Double routeMetres,
      @Nullable Double offRoadMetres,
      boolean moving,
      ArrivalState state,
      @Nullable ArrivalState toldState) {}
}
