package app.turnout.platform.metrics;

/// Every metric that functions give to CloudWatch. The namespace is `turnout.metrics.namespace`;
/// the dimension is `function`, and of [#DURATION] `function` and `outcome`.
public enum Metric {
  /// Milliseconds of a call, by its outcome: `ok`, `refused` (answered 4xx), `partial` (some
  /// messages of a batch failed), `failed`. Its sample count is the number of calls.
  DURATION("Duration", Unit.MILLISECONDS),

  /// One at the first call of an execution environment.
  COLD_STARTS("ColdStarts", Unit.COUNT),

  /// What the function took to start, at the first call. Not under SnapStart, which starts it when
  /// it is deployed.
  START_DURATION("StartDuration", Unit.MILLISECONDS),

  /// Messages that a consumer was given.
  BATCH_MESSAGES("BatchMessages", Unit.COUNT),

  /// Those of them that come again, or end as dead letters.
  BATCH_FAILURES("BatchFailures", Unit.COUNT),

  /// Pings that the queue has.
  PINGS_TAKEN("PingsTaken", Unit.COUNT),

  /// Pings that were refused one by one.
  PINGS_REFUSED("PingsRefused", Unit.COUNT),

  /// Pings that the writer is done with, those among them that were there already.
  PINGS_WRITTEN("PingsWritten", Unit.COUNT),

  /// Pings that found no partition of their day.
  PINGS_WITHOUT_PARTITION("PingsWithoutPartition", Unit.COUNT),

  /// Messages that went to sockets.
  LIVE_MESSAGES("LiveMessages", Unit.COUNT),

  /// Sockets that were lost, or so slow that they were closed.
  LIVE_SOCKETS_LOST("LiveSocketsLost", Unit.COUNT),

  /// Messages of the outbox that somebody else has now.
  OUTBOX_DELIVERED("OutboxDelivered", Unit.COUNT),

  /// Those that will be tried again.
  OUTBOX_POSTPONED("OutboxPostponed", Unit.COUNT),

  /// Those that were given up.
  OUTBOX_GIVEN_UP("OutboxGivenUp", Unit.COUNT),

  /// The longest time that a message delivered in this call was under way since it was written.
  OUTBOX_DELAY("OutboxDelay", Unit.SECONDS),

  /// For how long the longest waiting message is due, at the end of each run of the relay.
  OUTBOX_LAG("OutboxLag", Unit.SECONDS),

  /// Mails that a mail server took.
  MAILS_SENT("MailsSent", Unit.COUNT);

  /// CloudWatch's word for the unit.
  enum Unit {
    COUNT("Count"),
    MILLISECONDS("Milliseconds"),
    SECONDS("Seconds");

    private final String text;

    Unit(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  private final String text;
  private final Unit unit;

  Metric(String text, Unit unit) {
    this.text = text;
    this.unit = unit;
  }

  /// As CloudWatch knows it.
  public String text() {
    return text;
  }

  Unit unit() {
    return unit;
  }
}
