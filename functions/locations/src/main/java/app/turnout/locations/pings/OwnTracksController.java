package app.turnout.locations.pings;

import app.turnout.locations.Ping;
import app.turnout.locations.PingMessage;
import app.turnout.locations.PingSource;
import app.turnout.platform.json.JsonReader;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.WithLink;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.tree.JsonNode;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.util.ArrayList;
import java.util.List;

/// What the OwnTracks apps send in their HTTP mode: https://owntracks.org/booklet/tech/http/
///
/// The apps keep what was not answered by 2xx. The one for Android sends it again before anything
/// newer, for ever; the one for iOS gives up on a 4xx and shows an alert each time. So a ping that
/// no repetition makes acceptable, for want of consent, outside the tracking window, stale or from
/// the future, is acknowledged and not stored. Only what the apps do not send gets a 4xx: JSON that
/// is none, a location that is malformed; then nothing of that call is stored.
@Controller("/api/v1/owntracks")
class OwnTracksController {
  private static final String LOCATION = "location";

  private final CurrentCaller caller;
  private final JsonReader json;
  private final TakePings takePings;

  OwnTracksController(CurrentCaller caller, JsonReader json, TakePings takePings) {
    this.caller = caller;
    this.json = json;
    this.takePings = takePings;
  }

  /// Takes a message of OwnTracks, or a list of up to 500. Locations are stored, all else is
  /// acknowledged: transitions, waypoints, statuses, cards, what is encrypted. The answer is a list
  /// of commands to the app: none.
  @Post
  @WithLink
  @SecurityRequirement(name = "link_password")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = OwnTracksMessage.class)))
  List<OwnTracksMessage> send(@Body byte[] body) {
    // An app tells so that a friend was removed.
    if (body.length > 0) {
      List<Ping> pings = locations(json.parse(body));
      if (!pings.isEmpty()) {
        Caller.Link link = (Caller.Link) caller.get();
        takePings.take(link.participant(), PingSource.OWNTRACKS, pings);
      }
    }
    return List.of();
  }

  private List<Ping> locations(JsonNode body) {
    List<Ping> pings = new ArrayList<>();
    List<FieldError> errors = new ArrayList<>();
    if (body.isArray()) {
      if (body.size() > PingMessage.MOST_PINGS) {
        throw ProblemException.invalidField(
            "body", "max_items", "must have at most " + PingMessage.MOST_PINGS + " items");
      }
      int index = 0;
      for (JsonNode message : body.values()) {
        read(message, "[" + index++ + "]", pings, errors);
      }
    } else if (body.isObject()) {
      read(body, "", pings, errors);
    } else {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, "The body must be a JSON object or an array of them");
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalidFields(errors.subList(0, Math.min(errors.size(), 100)));
    }
    return pings;
  }

  private void read(JsonNode message, String path, List<Ping> pings, List<FieldError> errors) {
    switch (json.read(message, OwnTracksMessage.class)) {
      case JsonReader.Reading.Good<OwnTracksMessage>(OwnTracksMessage known) -> {
        if (known.type().equals(LOCATION)) {
          readLocation(message, path, pings, errors);
        }
      }
      case JsonReader.Reading.Faulty<OwnTracksMessage>(List<FieldError> faults) ->
          tell(faults, path, errors);
    }
  }

  private void readLocation(
      JsonNode message, String path, List<Ping> pings, List<FieldError> errors) {
    switch (json.read(message, OwnTracksLocation.class)) {
      case JsonReader.Reading.Good<OwnTracksLocation>(OwnTracksLocation location) ->
          pings.add(location.toPing());
      case JsonReader.Reading.Faulty<OwnTracksLocation>(List<FieldError> faults) ->
          tell(faults, path, errors);
    }
  }

  private static void tell(List<FieldError> faults, String path, List<FieldError> errors) {
    for (FieldError fault : faults) {
      errors.add(new FieldError(join(path, fault.field()), fault.rule(), fault.message()));
    }
  }

  private static String join(String path, String field) {
    if (field.isEmpty()) {
      return path;
    }
    return path.isEmpty() ? field : path + "." + field;
  }
}
