package app.turnout.events.planning;

/// Who finds an event.
public enum Visibility {
  /// Everybody, in the catalogue.
  PUBLIC,
  /// Whoever has its link.
  UNLISTED,
  /// Members of the organization.
  PRIVATE
}
