package app.turnout.events.planning;

import app.turnout.domain.EventId;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;

@Controller("/api/v1/events")
class EventController {
  private final CurrentCaller caller;
  private final PlanEvent planEvent;
  private final ActivateEvent activateEvent;
  private final EventRepository events;
  private final InstantSource time;

  EventController(
      CurrentCaller caller,
      PlanEvent planEvent,
      ActivateEvent activateEvent,
      EventRepository events,
      InstantSource time) {
    this.caller = caller;
    this.planEvent = planEvent;
    this.activateEvent = activateEvent;
    this.events = events;
    this.time = time;
  }

  /// Plans a one-off event, as a draft. Where it takes place is said by `area_id`, or by
  /// `position`, or not yet.
  @Post
  @Status(HttpStatus.CREATED)
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<EventResponse> create(@Body CreateEventRequest request) {
    Event event = planEvent.plan(caller.organization(), caller.findUser().orElse(null), request);
    return HttpResponse.created(
        EventResponse.of(event, event.createdAt()), URI.create("/api/v1/events/" + event.id()));
  }

  /// The organization's events, oldest first.
  @Get
  @RequiresPermission(Permission.ORGANIZATION_READ)
  Page<EventResponse> list(PageRequest page) {
    Instant now = time.instant();
    return page.of(
        events.list(page.afterId(), page.limit() + 1, now),
        event -> event.id().value(),
        event -> EventResponse.of(event, now));
  }

  /// One event.
  @Get("/{event_id}")
  @RequiresPermission(Permission.ORGANIZATION_READ)
  EventResponse get(@PathVariable("event_id") UUID eventId) {
    Instant now = time.instant();
    return events
        .find(new EventId(eventId), now)
        .map(event -> EventResponse.of(event, now))
        .orElseThrow(() -> ProblemException.notFound("event"));
  }

  /// Publishes a draft. It is `active` and `completed` when its time comes.
  @Post("/{event_id}/activate")
  @RequiresPermission(Permission.EVENTS_MANAGE)
  EventResponse activate(@PathVariable("event_id") UUID eventId) {
    return switch (activateEvent.activate(new EventId(eventId))) {
      case ActivateEvent.Outcome.Activated(Event event) -> EventResponse.of(event, time.instant());
      case ActivateEvent.Outcome.NotADraft(EventStatus status) ->
          throw new ProblemException(
              ProblemType.ILLEGAL_STATUS_CHANGE,
              "Only a draft is activated, and the event is "
                  + status.name().toLowerCase(Locale.ROOT));
      case ActivateEvent.Outcome.Over() ->
          throw new ProblemException(
              ProblemType.ILLEGAL_STATUS_CHANGE, "The event's date has passed");
      case ActivateEvent.Outcome.NoSuchEvent() -> throw ProblemException.notFound("event");
    };
  }
}
