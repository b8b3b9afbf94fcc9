package app.turnout.participants.roster;

import app.turnout.domain.EventId;
import app.turnout.participants.guestlist.AddParticipantRequest;
import app.turnout.participants.guestlist.UpdateParticipantRequest;
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
import io.micronaut.http.annotation.Status;
import java.net.URI;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.UnaryOperator;

@Controller("/api/v1/events/{event_id}/roster")
class RosterController {
  private final CurrentCaller caller;
  private final ChangeRoster changeRoster;
  private final RosterRepository roster;
  private final InstantSource time;

  RosterController(
      CurrentCaller caller,
      ChangeRoster changeRoster,
      RosterRepository roster,
      InstantSource time) {
    this.caller = caller;
    this.changeRoster = changeRoster;
    this.roster = roster;
    this.time = time;
  }

  /// Adds somebody to an event's roster. Soon after, each date that is not over expects them; dates
  /// that are made later do too.
  @Post
  @Status(HttpStatus.CREATED)
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  HttpResponse<RosterMemberResponse> add(
      @PathVariable("event_id") UUID eventId, @Body AddParticipantRequest request) {
    RosterMember added = changeRoster.add(caller.organization(), new EventId(eventId), request);
    return HttpResponse.created(
            RosterMemberResponse.of(added),
            URI.create("/api/v1/events/" + eventId + "/roster/" + added.id()))
        .header(HttpHeaders.ETAG, EntityTag.of(added.version()));
  }

  /// An event's roster, in the order in which people were added to it.
  @Get
  @RequiresPermission(Permission.ORGANIZATION_READ)
  Page<RosterMemberResponse> list(@PathVariable("event_id") UUID eventId, PageRequest page) {
    EventId event = new EventId(eventId);
    if (roster.findIsOver(event).isEmpty()) {
      throw ProblemException.notFound("event");
    }
    return page.of(
        roster.list(event, page.afterId(), page.limit() + 1, time.instant()),
        RosterMember::id,
        RosterMemberResponse::of);
  }

  /// One member of the roster.
  @Get("/{roster_member_id}")
  @RequiresPermission(Permission.ORGANIZATION_READ)
  HttpResponse<RosterMemberResponse> get(
      @PathVariable("event_id") UUID eventId, @PathVariable("roster_member_id") UUID id) {
    return answer(
        roster
            .find(new EventId(eventId), id, time.instant())
            .orElseThrow(() -> ProblemException.notFound("member of the roster")));
  }

  /// Replaces what is known of a member of the roster. Their rows on dates that are not over say
  /// the same then, except where a row was changed itself.
  @Put("/{roster_member_id}")
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  HttpResponse<RosterMemberResponse> replace(
      @PathVariable("event_id") UUID eventId,
      @PathVariable("roster_member_id") UUID id,
      ExpectedVersion expected,
      @Body UpdateParticipantRequest request) {
    return update(eventId, id, expected, present -> request);
  }

  /// Changes some of what is known of a member of the roster, and of their rows on dates that are
  /// not over, except where a row was changed itself.
  @Patch("/{roster_member_id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  HttpResponse<RosterMemberResponse> change(
      @PathVariable("event_id") UUID eventId,
      @PathVariable("roster_member_id") UUID id,
      ExpectedVersion expected,
      @Body MergePatch<UpdateParticipantRequest> patch) {
    return update(eventId, id, expected, patch::appliedTo);
  }

  /// Takes somebody off the roster. Dates that have not begun, and that they have not answered for,
  /// do not expect them any more; what they answered stays.
  @Delete("/{roster_member_id}")
  @Status(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  void remove(
      @PathVariable("event_id") UUID eventId,
      @PathVariable("roster_member_id") UUID id,
      ExpectedVersion expected) {
    changeRoster.remove(caller.organization(), new EventId(eventId), id, expected);
  }

  private HttpResponse<RosterMemberResponse> update(
      UUID eventId,
      UUID id,
      ExpectedVersion expected,
      UnaryOperator<UpdateParticipantRequest> change) {
    return answer(
        changeRoster.update(caller.organization(), new EventId(eventId), id, expected, change));
  }

  private static HttpResponse<RosterMemberResponse> answer(RosterMember member) {
    return HttpResponse.ok(RosterMemberResponse.of(member))
        .header(HttpHeaders.ETAG, EntityTag.of(member.version()));
  }
}
