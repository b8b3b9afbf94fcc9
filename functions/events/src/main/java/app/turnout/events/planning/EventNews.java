package app.turnout.events.planning;

import app.turnout.platform.live.LiveChange;
import app.turnout.platform.live.LiveNews;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/// Tells everyone who is expected, and those who watch, what became of a date.
@Singleton
final class EventNews {
  private final Outbox outbox;
  private final OutboxNudge nudge;
  private final LiveNews liveNews;

  EventNews(Outbox outbox, OutboxNudge nudge, LiveNews liveNews) {
    this.outbox = outbox;
    this.nudge = nudge;
    this.liveNews = liveNews;
  }

  void cancelled(Event event) {
    tell("date_cancelled", event);
  }

  void moved(Event event) {
    tell("date_moved", event);
  }

  /// Something else of it is different, which only those who watch hear of.
  void changed(Event event) {
    liveNews.tell(
        event.organization(), event.occurrence().id(), List.of(new LiveChange.EventChanged()));
  }

  private void tell(String kind, Event event) {
    outbox.write(
        event.organization(),
        kind,
        "occurrence:" + event.occurrence().id(),
        Map.of("occurrence_id", event.occurrence().id().value()));
    changed(event);
    nudge.wakeRelay();
  }
}
