package app.turnout.events.planning;

/// Whether an event happens once or again and again.
public enum EventType {
  /// One-off: exactly one date.
  DEMAND,
  /// Recurring.
  PERIODIC
}
