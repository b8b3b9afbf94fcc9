package app.turnout.participants.guestlist;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import app.turnout.platform.security.WithLink;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.net.URI;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1")
class ParticipantController {
  private final CurrentCaller caller;
  private final AddParticipant addParticipant;
  private final Occurrences occurrences;
  private final ParticipantRepository participants;
  private final AuditLog auditLog;
  private final InstantSource time;

  ParticipantController(
      CurrentCaller caller,
      AddParticipant addParticipant,
      Occurrences occurrences,
      ParticipantRepository participants,
      AuditLog auditLog,
      InstantSource time) {
    this.caller = caller;
    this.addParticipant = addParticipant;
    this.occurrences = occurrences;
    this.participants = participants;
    this.auditLog = auditLog;
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
              URI.create("/api/v1/participants/" + participant.id()));
      case AddParticipant.Outcome.Over() ->
          throw new ProblemException(
              ProblemType.CONFLICT, "The event's date has passed, or it is cancelled");
      case AddParticipant.Outcome.NoSuchOccurrence() -> throw ProblemException.notFound("event");
    };
  }

  /// The participants of an event's date, in the order in which they were added.
  @Get("/events/{event_id}/participants")
  @RequiresPermission(Permission.ORGANIZATION_READ)
  Page<ParticipantResponse> list(
      @PathVariable("event_id") UUID eventId,
      @QueryValue("occurrence_id") @Nullable UUID occurrenceId,
      PageRequest page) {
    Occurrences.Found found =
        occurrences
            .find(new EventId(eventId), occurrence(occurrenceId), time.instant())
            .orElseThrow(() -> ProblemException.notFound("event"));
    return page.of(
        participants.list(found.id(), page.afterId(), page.limit() + 1),
        participant -> participant.id().value(),
        ParticipantResponse::of);
  }

  /// One participant. A participant's link shows its own.
  @Get("/participants/{participant_id}")
  @RequiresPermission(value = Permission.ORGANIZATION_READ, orLink = true)
  @SecurityRequirement(name = "access_token")
  @SecurityRequirement(name = "link_token")
  ParticipantResponse get(@PathVariable("participant_id") UUID participantId) {
    ParticipantId id = new ParticipantId(participantId);
    caller.mustSpeakFor(id);
    return participants
        .find(id)
        .map(ParticipantResponse::of)
        .orElseThrow(() -> ProblemException.notFound("participant"));
  }

  /// Gives or withdraws the consent to being located; only the participant can, by their link.
  @Post("/participants/{participant_id}/consent")
  @WithLink
  ConsentResponse consent(
      @PathVariable("participant_id") UUID participantId, @Body ConsentRequest request) {
    ParticipantId id = new ParticipantId(participantId);
    caller.mustSpeakFor(id);
    Consent consent =
        participants.changeConsent(caller.organization(), id, request.granted(), time.instant());
    auditLog.record(
        new AuditEntry(
            caller.organization(),
            consent.granted() ? "participant.consent_given" : "participant.consent_withdrawn",
            "participant",
            participantId,
            null,
            ConsentResponse.of(consent)));
    return ConsentResponse.of(consent);
  }

  private static @Nullable OccurrenceId occurrence(@Nullable UUID id) {
    return id == null ? null : new OccurrenceId(id);
  }
}
