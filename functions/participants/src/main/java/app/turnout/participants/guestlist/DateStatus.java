package app.turnout.participants.guestlist;

/// How far a date has come, for who is expected there.
enum DateStatus {
  SCHEDULED,
  ACTIVE,
  COMPLETED,
  CANCELLED
}
