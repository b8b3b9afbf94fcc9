package app.turnout.events.planning;

/// Who is shown where participants are. Participants see each other where both agreed to that.
public enum PositionsVisibleTo {
  ORGANISERS,
  PARTICIPANTS
}
