package app.turnout.platform.live;

import app.turnout.platform.queue.GroupedMessage;
import app.turnout.platform.queue.QueueUnavailableException;
import app.turnout.platform.queue.Queues;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Collection;

/// Sends updates to those who watch, by the queue `live-updates`. Updates of one date arrive in the
/// order in which they were sent, those of others beside them.
@Singleton
@Requires(property = "turnout.queues.live-updates")
public final class LiveUpdates {
  private static final String QUEUE = "live-updates";

  private final Queues queues;

  LiveUpdates(Queues queues) {
    this.queues = queues;
  }

  /// Sends all, at once and not with a transaction: what they tell of should be committed. The same
  /// update sent again within five minutes is one.
  ///
  /// @throws QueueUnavailableException when one was not taken; others may have been
  public void send(Collection<LiveUpdate> updates) {
    queues.sendGrouped(
        QUEUE,
        updates.stream()
            .map(update -> GroupedMessage.of(update.occurrence().toString(), update.toJson()))
            .toList());
  }
}
