package app.turnout.events.rules;

/// Counts what an expansion does, and stops it when it has done enough in vain.
final class Work {
  /// Periods looked at without a date in any of them. Monday the 29th of February by FREQ=DAILY
  /// needs 14,610.
  static final int MOST_IN_VAIN = 60_000;

  private long steps;
  private int inVain;

  /// One more period is looked at.
  boolean mayLook() {
    steps++;
    return ++inVain <= MOST_IN_VAIN;
  }

  /// A date was found.
  void found() {
    steps++;
    inVain = 0;
  }

  long steps() {
    return steps;
  }
}
