package app.turnout.platform.outbox;

import app.turnout.platform.queue.Queues;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/// Wakes the relay, so that a message leaves at once. Call it after the commit; when it fails, the
/// relay's schedule finds the message within a minute.
@Singleton
@Requires(property = "turnout.queues.outbox")
public final class OutboxNudge {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxNudge.class);

  private final Queues queues;

  OutboxNudge(Queues queues) {
    this.queues = queues;
  }

  public void wakeRelay() {
    try {
      queues.send("outbox", "{}");
    } catch (SdkException e) {
      LOG.warn("The relay was not woken, its schedule will find the message", e);
    }
  }
}
