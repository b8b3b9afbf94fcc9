package app.turnout.eta.outlooks;

import app.turnout.domain.TravelMode;
import app.turnout.eta.ArrivalState;
import app.turnout.eta.Place;
import app.turnout.eta.Strategy;
import app.turnout.eta.Venue;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// When one participant will be at the event, as in the list of all.
///
/// @param asOf the time of this answer, which stands for the caller's own clock
@Serdeable
record ParticipantEtaResponse(
    UUID eventId,
    UUID occurrenceId,
    OffsetDateTime asOf,
    DestinationBody destination,
    UUID participantId,
    String name,
    ArrivalState state,
    @Nullable Strategy strategy,
    TravelMode travelMode,
    @Nullable OffsetDateTime eta,
    @Nullable Long seconds,
    @Nullable Long distanceMetres,
    @Nullable Long routeMetres,
    @Nullable Long offRoadMetres,
    @Nullable Boolean moving,
    boolean arrived,
    @Nullable OffsetDateTime arrivedAt,
    @Nullable OffsetDateTime lastPingAt,
    @Nullable Long pingAgeSeconds) {
  static ParticipantEtaResponse of(
      Venue venue, Place place, EtaResponse entry, OffsetDateTime asOf) {
    return new ParticipantEtaResponse(
        venue.event().value(),
        venue.occurrence().value(),
        asOf,
        DestinationBody.of(place),
        entry.participantId(),
        entry.name(),
        entry.state(),
        entry.strategy(),
        entry.travelMode(),
        entry.eta(),
        entry.seconds(),
        entry.distanceMetres(),
        entry.routeMetres(),
        entry.offRoadMetres(),
        entry.moving(),
        entry.arrived(),
        entry.arrivedAt(),
        entry.lastPingAt(),
        entry.pingAgeSeconds());
  }
}
