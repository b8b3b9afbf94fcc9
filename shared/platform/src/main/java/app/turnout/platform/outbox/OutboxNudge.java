package app.turnout.platform.outbox;

import app.turnout.platform.persistence.Database;
import app.turnout.platform.queue.Queues;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/// Wakes the relay, so that a message leaves at once: when the open transaction has committed, or
/// now when none is open. When it fails, the relay's schedule finds the message within a minute.
@Singleton
@Requires(property = "turnout.queues.outbox")
public final class OutboxNudge {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxNudge.class);

  private final Queues queues;
  private final Database database;

  OutboxNudge(Queues queues, Database database) {
    this.queues = queues;
    this.database = database;
  }

  public void wakeRelay() {
    database.afterCommit(this::send);
  }

  private void send() {
    try {
      queues.send("outbox", "{}");
    } catch (SdkException e) {
      LOG.warn("The relay was not woken, its schedule will find the message", e);
    }
  }
}
