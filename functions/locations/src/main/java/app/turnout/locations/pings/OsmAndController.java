package app.turnout.locations.pings;

import app.turnout.locations.Ping;
import app.turnout.locations.PingMessage;
import app.turnout.locations.PingSource;
import app.turnout.platform.json.JsonReader;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.WithDevice;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.json.tree.JsonNode;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Traccar's OsmAnd protocol, which Traccar Client and many other apps and trackers speak:
/// https://www.traccar.org/osmand/
///
/// The apps keep what was not answered by 200 and send it again before anything newer. So what no
/// repetition makes acceptable is answered by 200 all the same, with the reason; only a message of
/// which nothing can be read gets a 4xx.
@Controller("/api/v1/osmand")
class OsmAndController {
  private final CurrentCaller caller;
  private final JsonReader json;
  private final TakePings takePings;
  private final InstantSource time;

  OsmAndController(CurrentCaller caller, JsonReader json, TakePings takePings, InstantSource time) {
    this.caller = caller;
    this.json = json;
    this.takePings = takePings;
    this.time = time;
  }

  /// Takes one position in the query, as OsmAnd sends it. Parameters that are not named here are
  /// passed over.
  @Get
  @WithDevice
  @SecurityRequirement(name = "device_id")
  @SecurityRequirement(name = "device_password")
  @Parameter(
      name = "lat",
      in = ParameterIn.QUERY,
      description = "degrees; without it and `lon` the app only says that it is alive",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "lon",
      in = ParameterIn.QUERY,
      description = "degrees",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "location",
      in = ParameterIn.QUERY,
      description = "instead of the two: `lat,lon`",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "timestamp",
      in = ParameterIn.QUERY,
      description = "seconds or milliseconds since 1970, or RFC 3339; now when it is not given",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "speed",
      in = ParameterIn.QUERY,
      description = "knots",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "speed_metres_per_second",
      in = ParameterIn.QUERY,
      description = "goes before `speed`",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "bearing",
      in = ParameterIn.QUERY,
      description = "degrees, clockwise from true north; `heading` is the same",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "altitude",
      in = ParameterIn.QUERY,
      description = "metres above sea level",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "accuracy",
      in = ParameterIn.QUERY,
      description = "metres",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "batt",
      in = ParameterIn.QUERY,
      description = "percent",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "valid",
      in = ParameterIn.QUERY,
      description = "`true` or `1` for a position that the device is sure of",
      schema = @Schema(type = "string"))
  TakenResponse sendByQuery(@Parameter(hidden = true) HttpRequest<?> request) {
    return takeOne(request.getParameters());
  }

  /// Takes what Traccar Client sends: since version 9 JSON, with one position or an array of up to
  /// 500; before that, one position in the query or in a form.
  @Post
  @WithDevice
  @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_FORM_URLENCODED})
  @SecurityRequirement(name = "device_id")
  @SecurityRequirement(name = "device_password")
  @RequestBody(
      content = {
        @Content(
            mediaType = "application/json",
            schema = @Schema(implementation = TraccarMessage.class)),
        @Content(mediaType = "application/x-www-form-urlencoded", schema = @Schema(type = "string"))
      })
  TakenResponse send(@Parameter(hidden = true) HttpRequest<?> request, @Body byte[] body) {
    return OsmAndRequest.isJson(body)
        ? takeJson(json.read(body, TraccarMessage.class).location())
        : takeOne(OsmAndRequest.parameters(request, body));
  }

  private TakenResponse takeOne(HttpParameters parameters) {
    return switch (OsmAndParameters.read(parameters, time.instant())) {
      case OsmAndParameters.Reading.Position(Ping ping) ->
          take(List.of(ping), List.of(0), new TreeMap<>());
      case OsmAndParameters.Reading.Nothing() -> new TakenResponse(0, List.of());
      case OsmAndParameters.Reading.Faulty(List<FieldError> errors) ->
          throw ProblemException.invalidFields(errors);
    };
  }

  private TakenResponse takeJson(JsonNode location) {
    List<JsonNode> given = new ArrayList<>();
    if (location.isArray()) {
      if (location.size() > PingMessage.MOST_PINGS) {
        throw ProblemException.invalidField(
            "location", "max_items", "must have at most " + PingMessage.MOST_PINGS + " items");
      }
      location.values().forEach(given::add);
    } else {
      given.add(location);
    }
    List<Ping> pings = new ArrayList<>();
    List<Integer> indexes = new ArrayList<>();
    SortedMap<Integer, FieldError> refused = new TreeMap<>();
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      String path = location.isArray() ? "location[" + i + "]" : "location";
      switch (json.read(given.get(i), TraccarMessage.Location.class)) {
        case JsonReader.Reading.Good<TraccarMessage.Location>(TraccarMessage.Location one) -> {
          if (one.coords() != null && one.timestamp() != null) {
            pings.add(one.toPing());
            indexes.add(i);
          } else if (one.coords() != null) {
            refuse(
                List.of(new FieldError("timestamp", "required", "must be given")),
                i,
                path,
                refused,
                errors);
          }
        }
        case JsonReader.Reading.Faulty<TraccarMessage.Location>(List<FieldError> faults) ->
            refuse(faults, i, path, refused, errors);
      }
    }
    if (pings.isEmpty() && !errors.isEmpty()) {
      throw ProblemException.invalidFields(errors.subList(0, Math.min(errors.size(), 100)));
    }
    return pings.isEmpty() ? new TakenResponse(0, List.of()) : take(pings, indexes, refused);
  }

  private static void refuse(
      List<FieldError> faults,
      int index,
      String path,
      SortedMap<Integer, FieldError> refused,
      List<FieldError> errors) {
    refused.put(index, faults.getFirst());
    for (FieldError fault : faults) {
      errors.add(
          new FieldError(
              fault.field().isEmpty() ? path : path + "." + fault.field(),
              fault.rule(),
              fault.message()));
    }
  }

  /// @param indexes where each of the pings stood
  /// @param refused those that cannot be read
  private TakenResponse take(
      List<Ping> pings, List<Integer> indexes, SortedMap<Integer, FieldError> refused) {
    int taken =
        switch (takePings.take(
            caller.participant().orElseThrow(), PingSource.OSMAND, List.copyOf(pings))) {
          case TakePings.Outcome.Taken(int accepted, SortedMap<Integer, FieldError> places) -> {
            places.forEach((place, error) -> refused.put(indexes.get(place), error));
            yield accepted;
          }
          case TakePings.Outcome.Refused all -> {
            ProblemException problem = all.problem();
            indexes.forEach(
                index ->
                    refused.put(
                        index, new FieldError("", problem.type().slug(), problem.type().title())));
            yield 0;
          }
        };
    return new TakenResponse(
        taken,
        refused.entrySet().stream()
            .map(entry -> RefusedPing.of(entry.getKey(), entry.getValue()))
            .toList());
  }
}
