package app.turnout.messaging.relay.areas;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.live.LiveNews;
import app.turnout.platform.live.LiveUpdate;
import app.turnout.platform.live.LiveUpdates;
import app.turnout.platform.outbox.OutboxMessage;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;

/// Tells those who watch a date what changed there for good.
@Singleton
@Requires(beans = LiveUpdates.class)
final class LiveChangesDelivery implements Delivery {
  private final LiveUpdates liveUpdates;

  LiveChangesDelivery(LiveUpdates liveUpdates) {
    this.liveUpdates = liveUpdates;
  }

  @Override
  public String kind() {
    return LiveNews.KIND;
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    String update = Objects.requireNonNull(message.payload().get("update")).getStringValue();
    liveUpdates.send(List.of(LiveUpdate.parse(update)));
    return new DeliveryOutcome.Accepted();
  }
}
