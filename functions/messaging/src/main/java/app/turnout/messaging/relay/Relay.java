package app.turnout.messaging.relay;

import app.turnout.platform.logging.LogFacts;
import app.turnout.platform.metrics.Measures;
import app.turnout.platform.metrics.Metric;
import app.turnout.platform.outbox.OutboxMessage;
import app.turnout.platform.outbox.OutboxMessages;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.tracing.TraceHeader;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what is due, one message a transaction, however many relays run.
///
/// The transaction stays open while the message is sent: its row lock is what keeps other relays
/// off it and those behind it in order, and it ends with the relay, whichever way that ends. The
/// price is a connection for as long as a mail server talks; reserved concurrency bounds those to a
/// few. A relay that dies between sending and committing sends again: messages leave at least once.
@Singleton
final class Relay {
  /// Why a run ended.
  enum Ended {
    NOTHING_DUE,
    OUT_OF_TIME
  }

  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final String BEFORE_DELIVERY = "before_delivery";

  private final Database database;
  private final OutboxMessages messages;
  private final Map<String, Delivery> deliveries;
  private final RetrySettings settings;
  private final InstantSource time;

  Relay(
      Database database,
      OutboxMessages messages,
      List<Delivery> deliveries,
      RetrySettings settings,
      InstantSource time) {
    this.database = database;
    this.messages = messages;
    this.deliveries =
        deliveries.stream().collect(Collectors.toMap(Delivery::kind, Function.identity()));
    this.settings = settings;
    this.time = time;
  }

  /// @param isTimeLeft asked before each message
  Ended run(BooleanSupplier isTimeLeft) {
    while (isTimeLeft.getAsBoolean()) {
      if (!database.inTransaction(this::relayNext)) {
        measureLag();
        return Ended.NOTHING_DUE;
      }
    }
    measureLag();
    return Ended.OUT_OF_TIME;
  }

  /// What another relay has in hand counts, and what waits behind a message that is not due.
  private void measureLag() {
    Duration lag = database.inTransaction(() -> messages.lag(time.instant()));
    Measures.largest(Metric.OUTBOX_LAG, lag.toMillis() / 1000.0);
  }

  /// Whether there was one.
  private boolean relayNext() {
    return messages
        .claimNext(time.instant())
        .map(
            message -> {
              LogFacts.enter(message.organization());
              TraceHeader before = LogFacts.follow(message.traceHeader());
              try {
                settle(message, deliver(message));
              } finally {
                LogFacts.trace(before);
                LogFacts.enter(null);
              }
              return true;
            })
        .orElse(false);
  }

  private DeliveryOutcome deliver(OutboxMessage message) {
    Delivery delivery = deliveries.get(message.kind());
    if (delivery == null) {
      // A newer version may have written it, and be here soon.
      return new DeliveryOutcome.Deferred("nobody sends messages of this kind");
    }
    database.handle().savepoint(BEFORE_DELIVERY);
    try {
      return delivery.deliver(message);
    } catch (RuntimeException e) {
      LOG.error("Message {} of kind {} cannot be sent", message.id(), message.kind(), e);
      database.handle().rollbackToSavepoint(BEFORE_DELIVERY);
      return new DeliveryOutcome.Deferred(e.getClass().getSimpleName());
    }
  }

  private void settle(OutboxMessage message, DeliveryOutcome outcome) {
    Instant now = time.instant();
    switch (outcome) {
      case DeliveryOutcome.Accepted() -> {
        messages.markSent(message.id(), "", now);
        Measures.add(Metric.OUTBOX_DELIVERED, 1);
        Measures.largest(
            Metric.OUTBOX_DELAY, Duration.between(message.createdAt(), now).toMillis() / 1000.0);
        LOG.info("Message {} of kind {} is sent", message.id(), message.kind());
      }
      case DeliveryOutcome.NotNeeded(String reason) -> {
        messages.markSent(message.id(), "not needed: " + reason, now);
        LOG.info("Message {} of kind {} is not needed: {}", message.id(), message.kind(), reason);
      }
      case DeliveryOutcome.Deferred(String reason) -> settleFailure(message, reason, now);
      case DeliveryOutcome.Refused(String reason) -> giveUp(message, reason, now);
    }
  }

  private void settleFailure(OutboxMessage message, String reason, Instant now) {
    int failures = message.attempts() + 1;
    if (failures >= settings.attempts()) {
      giveUp(message, reason, now);
      return;
    }
    LOG.warn(
        "Message {} of kind {} was not taken, attempt {}: {}",
        message.id(),
        message.kind(),
        failures,
        reason);
    Measures.add(Metric.OUTBOX_POSTPONED, 1);
    messages.postpone(message.id(), reason, now.plus(settings.delay(message.id(), failures)));
  }

  private void giveUp(OutboxMessage message, String reason, Instant now) {
    LOG.error("Message {} of kind {} is given up: {}", message.id(), message.kind(), reason);
    Measures.add(Metric.OUTBOX_GIVEN_UP, 1);
    messages.giveUp(message.id(), reason, now);
  }
}
