package app.turnout.locations.pings;

import app.turnout.domain.ParticipantId;
import app.turnout.locations.PingSource;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

@Controller("/api/v1/participants/{participant_id}/locations/gpx")
class TrackController {
  private static final int MOST_TOLD = 100;

  private final CurrentCaller caller;
  private final TakePings takePings;

  TrackController(CurrentCaller caller, TakePings takePings) {
    this.caller = caller;
    this.takePings = takePings;
  }

  /// Takes a track that was recorded, as a GPX file, until 48 hours after the end. Each track point
  /// is judged by itself, as a ping that was sent at the time; up to 86,400 of them. When none can
  /// be taken, the answer is the problem that they have.
  @Post
  @Status(HttpStatus.ACCEPTED)
  @Consumes({"application/gpx+xml", "application/xml", "text/xml", "application/octet-stream"})
  @RequiresPermission(value = Permission.ATTENDANCE_WRITE, orLink = true, orDevice = true)
  @SecurityRequirement(name = "access_token")
  @SecurityRequirement(name = "link_token")
  @SecurityRequirement(name = "device_token")
  @RequestBody(
      required = true,
      content = {
        @Content(mediaType = "application/gpx+xml", schema = @Schema(type = "string")),
        @Content(mediaType = "application/xml", schema = @Schema(type = "string")),
        @Content(mediaType = "text/xml", schema = @Schema(type = "string")),
        @Content(
            mediaType = "application/octet-stream",
            schema = @Schema(type = "string", format = "binary"))
      })
  TakenTrackResponse send(@PathVariable("participant_id") UUID participantId, @Body byte[] body) {
    ParticipantId participant = new ParticipantId(participantId);
    caller.mustSpeakFor(participant);
    takePings.mustExist(participant);
    GpxTrack track = GpxTrack.read(body);
    if (track.pings().isEmpty()) {
      throw invalid(track.faults());
    }
    return switch (takePings.take(participant, PingSource.GPX, track.pings())) {
      case TakePings.Outcome.Taken(int accepted, SortedMap<Integer, FieldError> refused) ->
          answer(track, accepted, refused);
      case TakePings.Outcome.Refused refused -> throw refused.problem();
    };
  }

  private static TakenTrackResponse answer(
      GpxTrack track, int accepted, SortedMap<Integer, FieldError> places) {
    SortedMap<Integer, FieldError> refused = new TreeMap<>(track.faults());
    places.forEach((place, error) -> refused.put(track.indexes().get(place), error));
    if (accepted == 0) {
      boolean onlyOutside =
          refused.values().stream().allMatch(e -> e.rule().equals(Tracking.OUTSIDE_WINDOW));
      throw onlyOutside
          ? new ProblemException(
              ProblemType.OUTSIDE_TRACKING_WINDOW,
              "recorded_at " + refused.values().iterator().next().message())
          : invalid(refused);
    }
    return new TakenTrackResponse(
        accepted + refused.size(),
        accepted,
        refused.size(),
        refused.entrySet().stream()
            .limit(MOST_TOLD)
            .map(entry -> RefusedPing.of(entry.getKey(), entry.getValue()))
            .toList());
  }

  private static ProblemException invalid(SortedMap<Integer, FieldError> refused) {
    List<FieldError> errors =
        refused.entrySet().stream()
            .limit(MOST_TOLD)
            .map(
                entry ->
                    new FieldError(
                        "trkpt[" + entry.getKey() + "]." + entry.getValue().field(),
                        entry.getValue().rule(),
                        entry.getValue().message()))
            .toList();
    return ProblemException.invalidFields(errors);
  }
}
