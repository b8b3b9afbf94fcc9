package app.turnout.events.planning;

import app.turnout.domain.EventId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.events.tickettypes.KeepTicketTypes;
import app.turnout.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Plans an event again at another time, as a draft, with what can be booked of it.
@Singleton
final class CopyEvent {
  private final EventRepository events;
  private final PlanEvent planEvent;
  private final KeepTicketTypes keepTicketTypes;
  private final InstantSource time;

  CopyEvent(
      EventRepository events,
      PlanEvent planEvent,
      KeepTicketTypes keepTicketTypes,
      InstantSource time) {
    this.events = events;
    this.planEvent = planEvent;
    this.keepTicketTypes = keepTicketTypes;
    this.time = time;
  }

  /// Throws ProblemException: `not_found`, and what [PlanEvent] throws.
  Event copy(
      OrganizationId organization, @Nullable UserId planner, EventId id, CopyEventRequest request) {
    EventRequest original =
        events
            .find(id, time.instant())
            .map(EventRequest::of)
            .orElseThrow(() -> ProblemException.notFound("event"));
    Event copy =
        planEvent.plan(
            organization,
            planner,
            original.at(
                request.startsAt(), Objects.requireNonNullElse(request.title(), original.title())));
    keepTicketTypes.copy(
        organization, id, copy.id(), Duration.between(original.startsAt(), request.startsAt()));
    return copy;
  }
}
