package app.turnout.platform.attendance;

/// How far a participant has come with one occurrence.
public enum ParticipantStatus {
  PENDING,
  CONFIRMED,
  DENIED,
  CHECKED_IN,
  NO_SHOW
}
