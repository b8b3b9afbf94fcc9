package app.turnout.events.tickettypes;

import app.turnout.domain.EventId;
import app.turnout.domain.TicketTypeId;
import app.turnout.platform.http.Cursor;
import app.turnout.platform.http.EntityTag;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.json.MergePatch;
import app.turnout.platform.problem.ProblemException;
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
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/events/{event_id}/ticket-types")
class TicketTypeController {
  private final CurrentCaller caller;
  private final KeepTicketTypes keepTicketTypes;
  private final TicketTypeRepository ticketTypes;

  TicketTypeController(
      CurrentCaller caller, KeepTicketTypes keepTicketTypes, TicketTypeRepository ticketTypes) {
    this.caller = caller;
    this.keepTicketTypes = keepTicketTypes;
    this.ticketTypes = ticketTypes;
  }

  /// Adds a ticket type to an event that is not over. Its name is the only one of its kind there,
  /// its price in the currency of the others. An event has at most 50.
  @Post
  @Status(HttpStatus.CREATED)
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<TicketTypeResponse> create(
      @PathVariable("event_id") UUID eventId, @Body TicketTypeRequest request) {
    TicketType type = keepTicketTypes.create(caller.organization(), new EventId(eventId), request);
    return HttpResponse.created(
            TicketTypeResponse.of(type),
            URI.create("/api/v1/events/" + eventId + "/ticket-types/" + type.id()))
        .header(HttpHeaders.ETAG, EntityTag.of(type.version()));
  }

  /// What can be booked of an event, in the organiser's order. An event without any is visited with
  /// one free "General admission", which is not listed here.
  ///
  /// @param archived true for those that are archived; else those that are not
  @Get
  @RequiresPermission(Permission.ORGANIZATION_READ)
  Page<TicketTypeResponse> list(
      @PathVariable("event_id") UUID eventId,
      @QueryValue @Nullable Boolean archived,
      PageRequest page) {
    EventId event = new EventId(eventId);
    if (!ticketTypes.isEvent(event)) {
      throw ProblemException.notFound("event");
    }
    return page.by(
        ticketTypes.list(
            event,
            Boolean.TRUE.equals(archived),
            page.after(Long.class, UUID.class),
            page.limit() + 1),
        type -> Cursor.of((long) type.position(), type.id().value()),
        TicketTypeResponse::of);
  }

  /// One ticket type.
  @Get("/{ticket_type_id}")
  @RequiresPermission(Permission.ORGANIZATION_READ)
  HttpResponse<TicketTypeResponse> get(
      @PathVariable("event_id") UUID eventId, @PathVariable("ticket_type_id") UUID ticketTypeId) {
    return ticketTypes
        .find(new EventId(eventId), new TicketTypeId(ticketTypeId))
        .map(TicketTypeController::answer)
        .orElseThrow(() -> ProblemException.notFound("ticket type"));
  }

  /// Replaces all that is said of a ticket type.
  @Put("/{ticket_type_id}")
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<TicketTypeResponse> replace(
      @PathVariable("event_id") UUID eventId,
      @PathVariable("ticket_type_id") UUID ticketTypeId,
      ExpectedVersion expected,
      @Body TicketTypeRequest request) {
    return answer(
        keepTicketTypes.update(
            caller.organization(),
            new EventId(eventId),
            new TicketTypeId(ticketTypeId),
            expected,
            present -> request));
  }

  /// Changes some of what is said of a ticket type, such as whether it is archived.
  @Patch("/{ticket_type_id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RequiresPermission(Permission.EVENTS_MANAGE)
  HttpResponse<TicketTypeResponse> change(
      @PathVariable("event_id") UUID eventId,
      @PathVariable("ticket_type_id") UUID ticketTypeId,
      ExpectedVersion expected,
      @Body MergePatch<TicketTypeRequest> patch) {
    return answer(
        keepTicketTypes.update(
            caller.organization(),
            new EventId(eventId),
            new TicketTypeId(ticketTypeId),
            expected,
            patch::appliedTo));
  }

  /// Deletes a ticket type.
  @Delete("/{ticket_type_id}")
  @Status(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.EVENTS_MANAGE)
  void delete(
      @PathVariable("event_id") UUID eventId,
      @PathVariable("ticket_type_id") UUID ticketTypeId,
      ExpectedVersion expected) {
    keepTicketTypes.delete(
        caller.organization(), new EventId(eventId), new TicketTypeId(ticketTypeId), expected);
  }

  private static HttpResponse<TicketTypeResponse> answer(TicketType type) {
    return HttpResponse.ok(TicketTypeResponse.of(type))
        .header(HttpHeaders.ETAG, EntityTag.of(type.version()));
  }
}
