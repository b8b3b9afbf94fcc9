package app.turnout.messaging.relay.areas;

import app.turnout.messaging.relay.Delivery;
import app.turnout.platform.queue.Queues;
import io.micronaut.context.annotation.Factory;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/// What `locations` is told.
@Factory
final class LocationsEvents {
  /// Somebody does not want to be located any more.
  @Singleton
  @Named("consent-withdrawn")
  Delivery consentWithdrawn(Queues queues, JsonMapper json) {
    return new PassedOn("consent_withdrawn", "locations-events", queues, json);
  }
}
