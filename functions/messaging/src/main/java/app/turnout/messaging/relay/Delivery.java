package app.turnout.messaging.relay;

import app.turnout.platform.outbox.OutboxMessage;

/// Sends the messages of one kind.
public interface Delivery {
  /// The kind, as whoever writes to the outbox names it.
  String kind();

  /// Sends one, in the transaction that has it claimed; what this writes is undone when it throws.
  /// The same message may come again, when a relay dies after it was accepted.
  ///
  /// @return what is to become of it; anything thrown counts as deferred
  DeliveryOutcome deliver(OutboxMessage message);
}
