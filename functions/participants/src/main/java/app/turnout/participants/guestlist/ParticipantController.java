package app.turnout.participants.guestlist;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.attendance.ParticipantStatus;
import app.turnout.platform.http.EntityTag;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.json.MergePatch;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.Caller;
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
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.net.URI;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1")
class ParticipantController {
  private final CurrentCaller caller;
  private final AddParticipant addParticipant;
  private final UpdateParticipant updateParticipant;
  private final RemoveParticipant removeParticipant;
  private final Occurrences occurrences;
  private final ParticipantRepository participants;
  private final InstantSource time;

  ParticipantController(
      CurrentCaller caller,
      AddParticipant addParticipant,
      UpdateParticipant updateParticipant,
      RemoveParticipant removeParticipant,
      Occurrences occurrences,
      ParticipantRepository participants,
      InstantSource time) {
    this.caller = caller;
    this.addParticipant = addParticipant;
    this.updateParticipant = updateParticipant;
    this.removeParticipant = removeParticipant;
    this.occurrences = occurrences;
    this.participants = participants;
    this.time = time;
  }

  /// Adds a participant. They take no seat; their link is in this answer only.
  @Post("/events/{event_id}/participants")
  @Status(HttpStatus.CREATED)
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  HttpResponse<AddedParticipantResponse> add(
      @PathVariable("event_id") UUID eventId,
      @QueryValue("occurrence_id") @Nullable UUID occurrenceId,
      @Body AddParticipantRequest request) {
    AddParticipant.Outcome outcome =
        addParticipant.add(
            caller.organization(), new EventId(eventId), occurrence(occurrenceId), request);
    return switch (outcome) {
      case AddParticipant.Outcome.Added(Participant participant, LinkResponse link) ->
          HttpResponse.created(
                  AddedParticipantResponse.of(participant, link),
                  URI.create("/api/v1/participants/" + participant.id()))
              .header(HttpHeaders.ETAG, EntityTag.of(participant.version()));
      case AddParticipant.Outcome.Over() ->
          throw new ProblemException(
              ProblemType.CONFLICT, "The event's date has passed, or it is cancelled");
      case AddParticipant.Outcome.NoSuchOccurrence() -> throw ProblemException.notFound("event");
    };
  }

  /// The participants of an event's date, in the order in which they were added.
  ///
  /// @param status that they have
  /// @param q that their name, e-mail address or phone contains
  /// @param tag that they have
  @Get("/events/{event_id}/participants")
  @RequiresPermission(Permission.ORGANIZATION_READ)
  Page<ParticipantResponse> list(
      @PathVariable("event_id") UUID eventId,
      @QueryValue("occurrence_id") @Nullable UUID occurrenceId,
      @QueryValue @Nullable ParticipantStatus status,
      @QueryValue @Nullable String q,
      @QueryValue @Nullable String tag,
      PageRequest page) {
    ParticipantFilter filter = ParticipantFilter.of(status, q, tag);
    Occurrences.Found found =
        occurrences
            .find(new EventId(eventId), occurrence(occurrenceId), time.instant())
            .orElseThrow(() -> ProblemException.notFound("event"));
    return page.of(
        participants.list(found.id(), filter, page.afterId(), page.limit() + 1),
        participant -> participant.id().value(),
        ParticipantResponse::of);
  }

  /// One participant. A participant's link shows its own.
  @Get("/participants/{participant_id}")
  @RequiresPermission(value = Permission.ORGANIZATION_READ, orLink = true)
  @SecurityRequirement(name = "access_token")
  @SecurityRequirement(name = "link_token")
  HttpResponse<ParticipantResponse> get(@PathVariable("participant_id") UUID participantId) {
    ParticipantId id = new ParticipantId(participantId);
    caller.mustSpeakFor(id);
    return answer(
        participants.find(id).orElseThrow(() -> ProblemException.notFound("participant")));
  }

  /// Replaces what is known of a participant.
  @Put("/participants/{participant_id}")
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  HttpResponse<ParticipantResponse> replace(
      @PathVariable("participant_id") UUID participantId,
      ExpectedVersion expected,
      @Body UpdateParticipantRequest request) {
    return update(participantId, expected, present -> request);
  }

  /// Changes some of what is known of a participant.
  @Patch("/participants/{participant_id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  HttpResponse<ParticipantResponse> change(
      @PathVariable("participant_id") UUID participantId,
      ExpectedVersion expected,
      @Body MergePatch<UpdateParticipantRequest> patch) {
    return update(participantId, expected, patch::appliedTo);
  }

  private HttpResponse<ParticipantResponse> update(
      UUID participantId,
      ExpectedVersion expected,
      UnaryOperator<UpdateParticipantRequest> change) {
    return answer(
        updateParticipant.update(
            caller.organization(), new ParticipantId(participantId), expected, change));
  }

  /// Removes a participant, with their consent, links and positions.
  @Delete("/participants/{participant_id}")
  @Status(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  void remove(@PathVariable("participant_id") UUID participantId, ExpectedVersion expected) {
    removeParticipant.remove(caller.organization(), new ParticipantId(participantId), expected);
  }

  private HttpResponse<ParticipantResponse> answer(Participant participant) {
    return HttpResponse.ok(
            caller.get() instanceof Caller.Link
                ? ParticipantResponse.forThemselves(participant)
                : ParticipantResponse.of(participant))
        .header(HttpHeaders.ETAG, EntityTag.of(participant.version()));
  }

  private static @Nullable OccurrenceId occurrence(@Nullable UUID id) {
    return id == null ? null : new OccurrenceId(id);
  }
}
