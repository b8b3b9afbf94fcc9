package app.turnout.eta;

/// What an estimate is based on.
enum Strategy {
  /// The participant's own speed over the last minutes.
  VELOCITY,
  /// Great-circle distance at 30 km/h, when there is no speed to go by.
  SIMPLE
}
