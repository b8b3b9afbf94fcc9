package app.turnout.participants.guestlist.batch;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.participants.guestlist.Occurrences;
import app.turnout.participants.guestlist.ParticipantRepository;
import app.turnout.participants.intake.GivenRow;
import app.turnout.platform.json.JsonReader;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/events/{event_id}/participants/batch")
class BatchController {
  private final CurrentCaller caller;
  private final Occurrences occurrences;
  private final ParticipantRepository participants;
  private final AddBatch addBatch;
  private final JsonReader json;
  private final InstantSource time;

  BatchController(
      CurrentCaller caller,
      Occurrences occurrences,
      ParticipantRepository participants,
      AddBatch addBatch,
      JsonReader json,
      InstantSource time) {
    this.caller = caller;
    this.occurrences = occurrences;
    this.participants = participants;
    this.addBatch = addBatch;
    this.json = json;
    this.time = time;
  }

  /// Adds up to 500 participants, and says of each row what came of it. Whoever has the phone or
  /// the e-mail address of somebody who is expected at that date already is not added again. Links
  /// are in this answer only.
  @Post
  @RequiresPermission(Permission.PARTICIPANTS_MANAGE)
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = AddParticipantsRequest.class)))
  HttpResponse<BatchResponse> add(
      @PathVariable("event_id") UUID eventId,
      @QueryValue("occurrence_id") @Nullable UUID occurrenceId,
      @Body BatchRequest request) {
    EventId event = new EventId(eventId);
    Instant now = time.instant();
    Occurrences.Found occurrence =
        occurrences
            .find(event, occurrenceId == null ? null : new OccurrenceId(occurrenceId), now)
            .orElseThrow(() -> ProblemException.notFound("event"));
    if (occurrence.isOver()) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The event's date has passed, or it is cancelled");
    }
    String country = participants.country(caller.organization());
    List<GivenRow> rows =
        request.rows().stream().map(row -> GivenRow.read(row, json, country)).toList();
    return HttpResponse.ok(addBatch.add(caller.organization(), event, occurrence.id(), rows, now));
  }
}
