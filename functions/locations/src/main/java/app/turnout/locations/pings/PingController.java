package app.turnout.locations.pings;

import app.turnout.domain.ParticipantId;
import app.turnout.locations.PingSource;
import app.turnout.platform.json.JsonReader;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

@Controller("/api/v1/participants/{participant_id}/locations")
class PingController {
  private final CurrentCaller caller;
  private final JsonReader json;
  private final TakePings takePings;

  PingController(CurrentCaller caller, JsonReader json, TakePings takePings) {
    this.caller = caller;
    this.json = json;
    this.takePings = takePings;
  }

  /// Takes one ping, or a list of up to 500. Each is judged by itself: the answer names those that
  /// were refused, and the rest will be stored. When none can be taken, the answer is the problem
  /// that they have.
  @Post
  @Status(HttpStatus.ACCEPTED)
  @RequiresPermission(value = Permission.ATTENDANCE_WRITE, orLink = true, orDevice = true)
  @SecurityRequirement(name = "access_token")
  @SecurityRequirement(name = "link_token")
  @SecurityRequirement(name = "device_token")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(oneOf = {PingRequest.class, PingsRequest.class})))
  HttpResponse<TakenResponse> send(
      @PathVariable("participant_id") UUID participantId, @Body byte[] body) {
    ParticipantId participant = new ParticipantId(participantId);
    caller.mustSpeakFor(participant);
    GivenPings given = GivenPings.read(body, json);
    if (given.pings().isEmpty()) {
      throw invalid(given, Map.of());
    }
    return switch (takePings.take(participant, PingSource.JSON, given.pings())) {
      case TakePings.Outcome.Taken(int accepted, SortedMap<Integer, FieldError> refused) ->
          HttpResponse.accepted().body(answer(given, accepted, byIndex(given, refused)));
      case TakePings.Outcome.Refused refused -> throw refused.problem();
    };
  }

  private static SortedMap<Integer, FieldError> byIndex(
      GivenPings given, SortedMap<Integer, FieldError> refused) {
    SortedMap<Integer, FieldError> byIndex = new TreeMap<>();
    refused.forEach((place, error) -> byIndex.put(given.indexes().get(place), error));
    return byIndex;
  }

  private static TakenResponse answer(
      GivenPings given, int accepted, SortedMap<Integer, FieldError> refused) {
    if (accepted == 0) {
      throw noneTaken(given, refused);
    }
    SortedMap<Integer, FieldError> all = new TreeMap<>(refused);
    given.faults().forEach((index, errors) -> all.put(index, shown(given, index, errors)));
    return new TakenResponse(
        accepted,
        all.entrySet().stream()
            .map(entry -> RefusedPing.of(entry.getKey(), entry.getValue()))
            .toList());
  }

  /// The first fault of a ping; one that is no ping at all is named by where it stands.
  private static FieldError shown(GivenPings given, int index, List<FieldError> errors) {
    FieldError first = errors.getFirst();
    return first.field().isEmpty()
        ? new FieldError(given.path(index, ""), first.rule(), first.message())
        : first;
  }

  private static ProblemException noneTaken(
      GivenPings given, SortedMap<Integer, FieldError> refused) {
    boolean onlyOutside =
        given.faults().isEmpty()
            && refused.values().stream()
                .allMatch(error -> error.rule().equals(Tracking.OUTSIDE_WINDOW));
    return onlyOutside
        ? new ProblemException(
            ProblemType.OUTSIDE_TRACKING_WINDOW,
            "recorded_at " + refused.values().iterator().next().message())
        : invalid(given, refused);
  }

  private static ProblemException invalid(GivenPings given, Map<Integer, FieldError> refused) {
    List<FieldError> errors = new ArrayList<>();
    given
        .faults()
        .forEach(
            (index, faults) ->
                faults.forEach(
                    fault ->
                        errors.add(
                            new FieldError(
                                given.path(index, fault.field()), fault.rule(), fault.message()))));
    refused.forEach(
        (index, fault) ->
            errors.add(
                new FieldError(given.path(index, fault.field()), fault.rule(), fault.message())));
    return ProblemException.invalidFields(errors.subList(0, Math.min(errors.size(), 100)));
  }
}
