package app.turnout.events.rules;

/// How long one period of a rule is.
enum Frequency {
  SECONDLY(1),
  MINUTELY(60),
  HOURLY(3_600),
  DAILY(86_400),
  WEEKLY(604_800),
  MONTHLY(2_629_746),
  YEARLY(31_556_952);

  private final long seconds;

  Frequency(long seconds) {
    this.seconds = seconds;
  }

  /// In the mean.
  long seconds() {
    return seconds;
  }

  boolean isShorterThan(Frequency other) {
    return seconds < other.seconds;
  }
}
