package app.turnout.participants.links;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1")
class LinkController {
  private final CurrentCaller caller;
  private final LinkBook links;
  private final ManageLinks manageLinks;
  private final SendLinksToAll sendLinksToAll;

  LinkController(
      CurrentCaller caller,
      LinkBook links,
      ManageLinks manageLinks,
      SendLinksToAll sendLinksToAll) {
    this.caller = caller;
    this.links = links;
    this.manageLinks = manageLinks;
    this.sendLinksToAll = sendLinksToAll;
  }

  /// A participant's links, those that were revoked too, in the order in which they were made. None
  /// shows its token.
  @Get("/participants/{participant_id}/links")
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  Page<ParticipantLinkResponse> list(
      @PathVariable("participant_id") UUID participantId, PageRequest page) {
    ParticipantId participant = new ParticipantId(participantId);
    if (!links.isKnown(participant)) {
      throw ProblemException.notFound("participant");
    }
    return page.of(
        links.list(participant, page.afterId(), page.limit() + 1),
        ParticipantLink::id,
        ParticipantLinkResponse::of);
  }

  /// Makes a participant another link; its token is in this answer only. Ten of them can be good at
  /// once.
  @Post("/participants/{participant_id}/links")
  @Status(HttpStatus.CREATED)
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  MadeLinkResponse make(@PathVariable("participant_id") UUID participantId) {
    return manageLinks.make(caller.organization(), new ParticipantId(participantId));
  }

  /// Revokes a link: from now on it lets nobody in.
  @Delete("/participants/{participant_id}/links/{link_id}")
  @Status(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  void revoke(
      @PathVariable("participant_id") UUID participantId, @PathVariable("link_id") UUID linkId) {
    manageLinks.revoke(caller.organization(), new ParticipantId(participantId), linkId);
  }

  /// Mails a link to its participant, in their language.
  @Post("/participants/{participant_id}/links/{link_id}/send")
  @Status(HttpStatus.ACCEPTED)
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  ParticipantLinkResponse send(
      @PathVariable("participant_id") UUID participantId, @PathVariable("link_id") UUID linkId) {
    return ParticipantLinkResponse.of(
        manageLinks.send(caller.organization(), new ParticipantId(participantId), linkId));
  }

  /// Mails their link to all who are expected at a date, have an e-mail address, and were not sent
  /// it within the last ten minutes. Who has no link gets one.
  @Post("/events/{event_id}/participants/links/send")
  @Status(HttpStatus.ACCEPTED)
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  SendingResponse sendToAll(
      @PathVariable("event_id") UUID eventId,
      @QueryValue("occurrence_id") @Nullable UUID occurrenceId,
      @Body SendLinksRequest request) {
    return sendLinksToAll.send(
        caller.organization(),
        new EventId(eventId),
        occurrenceId == null ? null : new OccurrenceId(occurrenceId),
        Boolean.TRUE.equals(request.again()));
  }
}
