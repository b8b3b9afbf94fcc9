package app.turnout.eta;

/// How it goes with one participant's arrival.
public enum ArrivalState {
  /// Has never sent a position.
  NO_POSITION,
  /// Is still where the first position was.
  NOT_LEFT,
  ON_THE_WAY,
  /// Has left, and has not moved for minutes.
  STANDING_STILL,
  /// Moves, and mostly away from the place.
  GOING_AWAY,
  /// Has sent nothing for ten minutes, and had not arrived.
  SILENT,
  /// Came to the place to stay and is still there, or was checked in.
  ARRIVED
}
