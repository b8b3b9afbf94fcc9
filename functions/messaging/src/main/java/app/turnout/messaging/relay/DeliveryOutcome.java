package app.turnout.messaging.relay;

/// What came of trying to send a message. Reasons are kept and logged: no personal data in them.
public sealed interface DeliveryOutcome {
  /// Somebody else has it now.
  record Accepted() implements DeliveryOutcome {}

  /// What it was to tell does not hold any more.
  record NotNeeded(String reason) implements DeliveryOutcome {}

  /// It may go better later.
  record Deferred(String reason) implements DeliveryOutcome {}

  /// It will never go.
  record Refused(String reason) implements DeliveryOutcome {}
}
