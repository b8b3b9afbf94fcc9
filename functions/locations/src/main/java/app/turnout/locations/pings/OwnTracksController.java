package app.turnout.locations.pings;

import app.turnout.locations.Ping;
import app.turnout.locations.PingMessage;
import app.turnout.locations.PingSource;
import app.turnout.platform.json.JsonReader;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
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
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the OwnTracks apps send in their HTTP mode: https://owntracks.org/booklet/tech/http/
///
/// The apps keep what was not answered by 2xx. The one for Android sends it again before anything
/// newer, for ever; the one for iOS gives up on a 4xx and shows an alert each time. So a ping that
/// no repetition makes acceptable, for want of consent, outside the tracking window, stale or from
/// the future, is acknowledged and not stored; the device's entry says why, for the page where it
/// was set up. Only what the apps do not send gets a 4xx: JSON that is none, a malformed location
/// where there is no other.
@Controller("/api/v1/owntracks")
class OwnTracksController {
  private static final String LOCATION = "location";
  private static final Set<String> POSITIONS = Set.of(LOCATION, "transition");
  private static final String ENCRYPTED = "encrypted";

  private final CurrentCaller caller;
  private final JsonReader json;
  private final TakePings takePings;

  OwnTracksController(CurrentCaller caller, JsonReader json, TakePings takePings) {
    this.caller = caller;
    this.json = json;
    this.takePings = takePings;
  }

  /// Takes a message of OwnTracks, or a list of up to 500. Locations are stored, and where a region
  /// was entered or left; all else is acknowledged: waypoints, statuses, wills, commands, cards,
  /// what is encrypted. The answer is a list of messages to the app: none, except that a list is
  /// told which of its messages were refused, and why.
  @Post
  @WithLink(orDevice = true)
  @SecurityRequirement(name = "link_password")
  @SecurityRequirement(name = "device_password")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = OwnTracksMessage.class)))
  List<RefusedMessage> send(@Body byte[] body) {
    // An app tells so that a friend was removed.
    if (body.length == 0) {
      return List.of();
    }
    Given given = read(json.parse(body));
    SortedMap<Integer, FieldError> refused = new TreeMap<>(given.faults);
    if (given.pings.isEmpty()) {
      if (!given.errors.isEmpty()) {
        throw ProblemException.invalidFields(
            given.errors.subList(0, Math.min(given.errors.size(), 100)));
      }
      if (given.isEncrypted) {
        takePings.noteUseless(ENCRYPTED);
      }
    } else {
      refused.putAll(take(given));
    }
    return given.isList
        ? refused.entrySet().stream()
            .map(entry -> RefusedMessage.of(entry.getKey(), entry.getValue()))
            .toList()
        : List.of();
  }

  private SortedMap<Integer, FieldError> take(Given given) {
    SortedMap<Integer, FieldError> refused = new TreeMap<>();
    switch (takePings.take(
        caller.participant().orElseThrow(), PingSource.OWNTRACKS, List.copyOf(given.pings))) {
      case TakePings.Outcome.Taken(int _, SortedMap<Integer, FieldError> places) ->
          places.forEach((place, error) -> refused.put(given.indexes.get(place), error));
      case TakePings.Outcome.Refused all -> {
        ProblemException problem = all.problem();
        given.indexes.forEach(
            index ->
                refused.put(
                    index, new FieldError("", problem.type().slug(), problem.type().title())));
      }
    }
    return refused;
  }

  /// What a body holds.
  private static final class Given {
    final boolean isList;
    final List<Ping> pings = new ArrayList<>();

    /// Where each of the pings stood.
    final List<Integer> indexes = new ArrayList<>();

    /// The first fault of each message that is malformed, by where it stood.
    final SortedMap<Integer, FieldError> faults = new TreeMap<>();

    /// All faults, with paths into the body.
    final List<FieldError> errors = new ArrayList<>();

    boolean isEncrypted;

    Given(boolean isList) {
      this.isList = isList;
    }
  }

  private Given read(JsonNode body) {
    Given given = new Given(body.isArray());
    if (body.isArray()) {
      if (body.size() > PingMessage.MOST_PINGS) {
        throw ProblemException.invalidField(
            "body", "max_items", "must have at most " + PingMessage.MOST_PINGS + " items");
      }
      int index = 0;
      for (JsonNode message : body.values()) {
        read(message, index++, given);
      }
    } else if (body.isObject()) {
      read(body, 0, given);
    } else {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, "The body must be a JSON object or an array of them");
    }
    return given;
  }

  private void read(JsonNode message, int index, Given given) {
    switch (json.read(message, OwnTracksMessage.class)) {
      case JsonReader.Reading.Good<OwnTracksMessage>(OwnTracksMessage known) -> {
        given.isEncrypted |= known.type().equals(ENCRYPTED);
        if (POSITIONS.contains(known.type())) {
          readPosition(message, known.type(), index, given);
        }
      }
      case JsonReader.Reading.Faulty<OwnTracksMessage>(List<FieldError> faults) ->
          tell(faults, index, given);
    }
  }

  /// A transition says where it was only perhaps, and is none of ours else.
  private void readPosition(JsonNode message, String type, int index, Given given) {
    switch (json.read(message, OwnTracksLocation.class)) {
      case JsonReader.Reading.Good<OwnTracksLocation>(OwnTracksLocation location) -> {
        given.pings.add(location.toPing());
        given.indexes.add(index);
      }
      case JsonReader.Reading.Faulty<OwnTracksLocation>(List<FieldError> faults) -> {
        if (type.equals(LOCATION)) {
          tell(faults, index, given);
        }
      }
    }
  }

  private static void tell(List<FieldError> faults, int index, Given given) {
    given.faults.put(index, faults.getFirst());
    String path = given.isList ? "[" + index + "]" : "";
    for (FieldError fault : faults) {
      given.errors.add(new FieldError(join(path, fault.field()), fault.rule(), fault.message()));
    }
  }

  private static String join(String path, String field) {
    if (field.isEmpty()) {
      return path;
    }
    return path.isEmpty() ? field : path + "." + field;
  }
}
