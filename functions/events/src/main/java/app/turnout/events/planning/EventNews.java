package app.turnout.events.planning;

import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import jakarta.inject.Singleton;
import java.util.Map;

/// Tells everyone who is expected what became of a date.
@Singleton
final class EventNews {
  private final Outbox outbox;
  private final OutboxNudge nudge;

  EventNews(Outbox outbox, OutboxNudge nudge) {
    this.outbox = outbox;
    this.nudge = nudge;
  }

  void cancelled(Event event) {
    tell("date_cancelled", event);
  }

  void moved(Event event) {
    tell("date_moved", event);
  }

  private void tell(String kind, Event event) {
    outbox.write(
        event.organization(),
        kind,
        "occurrence:" + event.occurrence().id(),
        Map.of("occurrence_id", event.occurrence().id().value()));
    nudge.wakeRelay();
  }
}
