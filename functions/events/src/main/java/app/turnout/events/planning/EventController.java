package app.turnout.events.planning;

import app.turnout.domain.EventId;
import app.turnout.platform.http.EntityTag;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.json.MergePatch;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import java.net.URI;
import java.time.InstantSource;
import java.util.UUID;

@Controller("/api/v1/events")
class EventController {
  private final CurrentCaller caller;
  private final PlanEvent planEvent;
  private final CopyEvent copyEvent;
  private final UpdateEvent updateEvent;
  private final ActivateEvent activateEvent;
  private final SteerEvent steerEvent;
  private final EventRepository events;
  private final InstantSource time;

  EventController(
      CurrentCaller caller,
      PlanEvent planEvent,
      CopyEvent copyEvent,
      UpdateEvent updateEvent,
      ActivateEvent activateEvent,
      SteerEvent steerEvent,
      EventRepository events,
      InstantSource time) {
    this.caller = caller;
    this.planEvent = planEvent;
    this.copyEvent = copyEvent;
    this.updateEvent = updateEvent;
    this.activateEvent = activateEvent;
    this.steerEvent = steerEvent;
    this.events = events;
    this.time = time;
  }

  /// Plans an event, as a draft. A recurring one (`periodic`) says by its `recurrence` when it
  /// comes again, and its dates are made a year ahead. Where it takes place is said by `area_id`,
  /// or by `position`, or not yet.
  @Post
  @Status(HttpStatus.CREATED)
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<EventResponse> create(@Body EventRequest request) {
    return made(planEvent.plan(caller.organization(), caller.findUser().orElse(null), request));
  }

  /// One event.
  @Get("/{event_id}")
  @RequiresPermission(Permission.ORGANIZATION_READ)
  HttpResponse<EventResponse> get(@PathVariable("event_id") UUID eventId) {
    return events
        .find(new EventId(eventId), time.instant())
        .map(this::answer)
        .orElseThrow(() -> ProblemException.notFound("event"));
  }

  /// Replaces what is said of an event that is not over. Everyone who is expected hears when a
  /// published one gets another time or place.
  @Put("/{event_id}")
  @RequiresPermission(Permission.EVENTS_UPDATE)
  HttpResponse<EventResponse> replace(
      @PathVariable("event_id") UUID eventId,
      ExpectedVersion expected,
      @Body EventRequest request) {
    return answer(updateEvent.update(new EventId(eventId), expected, present -> request));
  }

  /// Changes some of what is said of an event that is not over. Everyone who is expected hears when
  /// a published one gets another time or place.
  @Patch("/{event_id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RequiresPermission(Permission.EVENTS_UPDATE)
  HttpResponse<EventResponse> change(
      @PathVariable("event_id") UUID eventId,
      ExpectedVersion expected,
      @Body MergePatch<EventRequest> patch) {
    return answer(updateEvent.update(new EventId(eventId), expected, patch::appliedTo));
  }

  /// Publishes a draft. It is `active` and `completed` when its time comes.
  @Post("/{event_id}/activate")
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<EventResponse> activate(@PathVariable("event_id") UUID eventId) {
    return switch (activateEvent.activate(new EventId(eventId))) {
      case ActivateEvent.Outcome.Activated(Event event) -> answer(event);
      case ActivateEvent.Outcome.NotADraft(EventStatus status) ->
          throw new ProblemException(
              ProblemType.ILLEGAL_STATUS_CHANGE,
              "Only a draft is activated, and the event is " + status.wire());
      case ActivateEvent.Outcome.Over() ->
          throw new ProblemException(
              ProblemType.ILLEGAL_STATUS_CHANGE, "The event's date has passed");
      case ActivateEvent.Outcome.NoSuchEvent() -> throw ProblemException.notFound("event");
    };
  }

  /// Cancels an event that is not over. Everyone who is expected hears of it, with the reason, when
  /// it was published.
  @Post("/{event_id}/cancel")
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<EventResponse> cancel(
      @PathVariable("event_id") UUID eventId, @Body CancelEventRequest request) {
    return answer(steerEvent.cancel(new EventId(eventId), request.reason()));
  }

  /// Ends an event that has begun, before its time.
  @Post("/{event_id}/complete")
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<EventResponse> complete(@PathVariable("event_id") UUID eventId) {
    return answer(steerEvent.complete(new EventId(eventId)));
  }

  /// Puts an event away that is over, cancelled or was never published.
  @Post("/{event_id}/archive")
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<EventResponse> archive(@PathVariable("event_id") UUID eventId) {
    return answer(steerEvent.archive(new EventId(eventId)));
  }

  /// Brings an event back that was archived.
  @Post("/{event_id}/unarchive")
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<EventResponse> unarchive(@PathVariable("event_id") UUID eventId) {
    return answer(steerEvent.unarchive(new EventId(eventId)));
  }

  /// Closes the registration: nobody signs up from now on, whatever the deadline.
  @Post("/{event_id}/registration/close")
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<EventResponse> closeRegistration(@PathVariable("event_id") UUID eventId) {
    return answer(steerEvent.closeRegistration(new EventId(eventId)));
  }

  /// Opens the registration again: the deadline alone decides.
  @Post("/{event_id}/registration/open")
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<EventResponse> openRegistration(@PathVariable("event_id") UUID eventId) {
    return answer(steerEvent.openRegistration(new EventId(eventId)));
  }

  /// Plans the same event again at another time, as a draft, with the ticket types that are not
  /// archived.
  @Post("/{event_id}/copy")
  @Status(HttpStatus.CREATED)
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<EventResponse> copy(
      @PathVariable("event_id") UUID eventId, @Body CopyEventRequest request) {
    return made(
        copyEvent.copy(
            caller.organization(), caller.findUser().orElse(null), new EventId(eventId), request));
  }

  /// Deletes a draft, or an event that nobody is expected at.
  @Delete("/{event_id}")
  @Status(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.EVENTS_MANAGE)
  void delete(@PathVariable("event_id") UUID eventId) {
    steerEvent.delete(new EventId(eventId));
  }

  private static HttpResponse<EventResponse> made(Event event) {
    return HttpResponse.created(
            EventResponse.of(event, event.createdAt()), URI.create("/api/v1/events/" + event.id()))
        .header(HttpHeaders.ETAG, EntityTag.of(event.version()));
  }

  private HttpResponse<EventResponse> answer(Event event) {
    return HttpResponse.ok(EventResponse.of(event, time.instant()))
        .header(HttpHeaders.ETAG, EntityTag.of(event.version()));
  }
}
