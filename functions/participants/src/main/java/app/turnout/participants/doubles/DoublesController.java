package app.turnout.participants.doubles;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.ParticipantId;
import app.turnout.participants.guestlist.Occurrences;
import app.turnout.participants.guestlist.Participant;
import app.turnout.participants.guestlist.ParticipantRepository;
import app.turnout.participants.guestlist.ParticipantResponse;
import app.turnout.platform.http.EntityTag;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1")
class DoublesController {
  private static final int SHOWN = 20;

  private final CurrentCaller caller;
  private final Occurrences occurrences;
  private final DoublesRepository doubles;
  private final ParticipantRepository participants;
  private final MergeParticipants mergeParticipants;
  private final InstantSource time;

  DoublesController(
      CurrentCaller caller,
      Occurrences occurrences,
      DoublesRepository doubles,
      ParticipantRepository participants,
      MergeParticipants mergeParticipants,
      InstantSource time) {
    this.caller = caller;
    this.occurrences = occurrences;
    this.doubles = doubles;
    this.participants = participants;
    this.mergeParticipants = mergeParticipants;
    this.time = time;
  }

  /// Participants of a date with the same phone, or with the same e-mail address whatever its case.
  /// Who shares both with somebody is shown by each.
  @Get("/events/{event_id}/participants/doubles")
  @RequiresPermission(Permission.ORGANIZATION_READ)
  Page<DoublesResponse> list(
      @PathVariable("event_id") UUID eventId,
      @QueryValue("occurrence_id") @Nullable UUID occurrenceId,
      PageRequest page) {
    Occurrences.Found date =
        occurrences
            .find(
                new EventId(eventId),
                occurrenceId == null ? null : new OccurrenceId(occurrenceId),
                time.instant())
            .orElseThrow(() -> ProblemException.notFound("event"));
    List<Doubles> found =
        doubles.list(date.id(), page.after(UUID.class, String.class), page.limit() + 1, SHOWN);
    Map<UUID, Participant> people =
        participants.findAll(
            found.stream().flatMap(each -> each.participants().stream()).distinct().toList());
    return page.by(found, DoublesRepository::cursor, each -> shown(each, people));
  }

  private static DoublesResponse shown(Doubles found, Map<UUID, Participant> people) {
    return new DoublesResponse(
        found.by(),
        found.value(),
        found.count(),
        found.participants().stream()
            .map(people::get)
            .filter(Objects::nonNull)
            .map(ParticipantResponse::of)
            .toList());
  }

  /// Makes one participant of several of the same date. This one stays: what is not known of them
  /// is filled in, notes and tags are joined, the status is the strongest of all, and links of the
  /// others work for this one. The consent to being located stays as this one gave it, and ends
  /// when one of the others had refused it. The others go, with where they were.
  @Post("/participants/{participant_id}/merge")
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  HttpResponse<ParticipantResponse> merge(
      @PathVariable("participant_id") UUID participantId, @Body MergeRequest request) {
    Participant merged =
        mergeParticipants.merge(
            caller.organization(),
            new ParticipantId(participantId),
            request.from(),
            time.instant());
    return HttpResponse.ok(ParticipantResponse.of(merged))
        .header(HttpHeaders.ETAG, EntityTag.of(merged.version()));
  }
}
