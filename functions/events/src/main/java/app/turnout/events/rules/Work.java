package app.turnout.events.rules;

/// Counts what an expansion does, and stops it when it has done enough in vain.
final class Work {
  /// Periods looked at without a date in any of them. Monday the 29th of February by FREQ=DAILY
  /// needs 14,610.
  static final int MOST_IN_VAIN = 60_000;

  /// Of reading a rule. Three thousand dates a day apart by FREQ=MINUTELY need 249,000.
  static final int MOST_STEPS = 500_000;

  private final long most;
  private long steps;
  private int inVain;

  private Work(long most) {
    this.most = most;
  }

  /// For a rule that is not known yet.
  static Work ofReading() {
    return new Work(MOST_STEPS);
  }

  /// For a rule that was read: how much it takes follows from how far it is followed.
  static Work ofFollowing() {
    return new Work(Long.MAX_VALUE);
  }

  /// One more period is looked at.
  boolean mayLook() {
    steps++;
    return ++inVain <= MOST_IN_VAIN && steps <= most;
  }

  /// A date was found.
  void found() {
    steps++;
    inVain = 0;
  }

  boolean isTooMuch() {
    return steps > most;
  }

  long steps() {
    return steps;
  }
}
