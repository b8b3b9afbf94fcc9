package app.turnout.eta.outlooks;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.ParticipantId;
import app.turnout.eta.Forecast;
import app.turnout.eta.ForetellArrivals;
import app.turnout.eta.ForetellArrivals.Foresight;
import app.turnout.eta.ForetellArrivals.Outcome;
import app.turnout.eta.Venue;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/eta")
class EtaController {
  private final CurrentCaller caller;
  private final ForetellArrivals foretellArrivals;
  private final InstantSource time;

  EtaController(CurrentCaller caller, ForetellArrivals foretellArrivals, InstantSource time) {
    this.caller = caller;
    this.foretellArrivals = foretellArrivals;
    this.time = time;
  }

  /// When the participants of an event's date will be there, in the order in which they were added.
  /// 409 `no_destination` when the event has no position.
  @Get("/events/{event_id}")
  @RequiresPermission(Permission.POSITIONS_READ)
  EventEtaResponse event(
      @PathVariable("event_id") UUID eventId,
      @QueryValue("occurrence_id") @Nullable UUID occurrenceId,
      PageRequest request) {
    Instant now = time.instant();
    OccurrenceId chosen = occurrenceId == null ? null : new OccurrenceId(occurrenceId);
    Outcome outcome =
        foretellArrivals.ofEvent(
            new EventId(eventId), chosen, request.afterId(), request.limit() + 1, now);
    Outcome.Foretold foretold = foretold(outcome, "event");
    Page<EtaResponse> page =
        request.of(
            foretold.outlooks(),
            outlook -> outlook.participant().value(),
            outlook -> EtaResponse.of(outlook, now));
    return new EventEtaResponse(
        foretold.venue().event().value(),
        foretold.venue().occurrence().value(),
        now.atOffset(ZoneOffset.UTC),
        DestinationBody.of(foretold.place()),
        page.data(),
        page.nextCursor());
  }

  /// How many will be there at each minute until the start of an event's date: what a gate or a
  /// kitchen needs. 409 `no_destination` when the event has no position.
  @Get("/events/{event_id}/forecast")
  @RequiresPermission(Permission.POSITIONS_READ)
  ForecastResponse forecast(
      @PathVariable("event_id") UUID eventId,
      @QueryValue("occurrence_id") @Nullable UUID occurrenceId) {
    OccurrenceId chosen = occurrenceId == null ? null : new OccurrenceId(occurrenceId);
    return switch (foretellArrivals.forecast(new EventId(eventId), chosen, time.instant())) {
      case Foresight.Foreseen(Venue venue, Forecast forecast) ->
          ForecastResponse.of(venue, forecast);
      case Foresight.NoDestination() -> throw noDestination();
      case Foresight.NothingFound() -> throw ProblemException.notFound("event");
    };
  }

  /// When one participant will be there. A participant's link shows its own.
  @Get("/participants/{participant_id}")
  @RequiresPermission(value = Permission.POSITIONS_READ, orLink = true)
  @SecurityRequirement(name = "access_token")
  @SecurityRequirement(name = "link_token")
  ParticipantEtaResponse participant(@PathVariable("participant_id") UUID participantId) {
    ParticipantId id = new ParticipantId(participantId);
    caller.mustSpeakFor(id);
    Instant now = time.instant();
    Outcome.Foretold foretold = foretold(foretellArrivals.ofParticipant(id, now), "participant");
    return ParticipantEtaResponse.of(
        foretold.venue(),
        foretold.place(),
        EtaResponse.of(foretold.outlooks().getFirst(), now),
        now.atOffset(ZoneOffset.UTC));
  }

  private static Outcome.Foretold foretold(Outcome outcome, String what) {
    return switch (outcome) {
      case Outcome.Foretold foretold -> foretold;
      case Outcome.NoDestination() -> throw noDestination();
      case Outcome.NothingFound() -> throw ProblemException.notFound(what);
    };
  }

  private static ProblemException noDestination() {
    return new ProblemException(
        ProblemType.NO_DESTINATION, "The event has neither a position nor an area");
  }
}
