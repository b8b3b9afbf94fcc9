package app.turnout.participants.guestlist.batch;

/// What came of one row of a batch.
enum RowOutcome {
  ADDED,

  /// Somebody with that phone or e-mail address is expected at that date already.
  EXISTS,

  /// Fields broke rules.
  INVALID,

  /// The plan allows no more.
  PLAN_LIMIT_REACHED
}
