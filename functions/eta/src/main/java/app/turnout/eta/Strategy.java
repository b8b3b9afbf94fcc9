package app.turnout.eta;

/// What an estimate is based on.
public enum Strategy {
  /// The way along roads that a router found.
  OSRM,
  /// The participant's own speed over the last minutes.
  VELOCITY,
  /// Great-circle distance at 30 km/h (a bicycle at 15, on foot at 5), when there is no speed to go
  /// by.
  SIMPLE
}
