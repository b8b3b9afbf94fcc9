package app.turnout.messaging.relay.areas;

import app.turnout.messaging.relay.Delivery;
import app.turnout.platform.queue.Queues;
import io.micronaut.context.annotation.Factory;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/// What `participants` is told.
@Factory
final class ParticipantsEvents {
  private static final String QUEUE = "participants-events";

  /// Links are to be sent to all of a date.
  @Singleton
  @Named("links-requested")
  Delivery linksRequested(Queues queues, JsonMapper json) {
    return new PassedOn("links_requested", QUEUE, queues, json);
  }

  /// A guest list that came as CSV is to be worked off; that takes its time, and has a queue of its
  /// own.
  @Singleton
  @Named("participants-import-started")
  Delivery importStarted(Queues queues, JsonMapper json) {
    return new PassedOn("participants_import_started", "participants-imports", queues, json);
  }

  /// An event has dates that it had not.
  @Singleton
  @Named("dates-made")
  Delivery datesMade(Queues queues, JsonMapper json) {
    return new PassedOn("dates_made", QUEUE, queues, json);
  }

  /// Somebody was added to an event's roster.
  @Singleton
  @Named("roster-changed")
  Delivery rosterChanged(Queues queues, JsonMapper json) {
    return new PassedOn("roster_changed", QUEUE, queues, json);
  }
}
