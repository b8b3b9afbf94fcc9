package app.turnout.runner.replay;

import app.turnout.runner.RunnerException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// How a phone writes its positions.
public enum PingFormat {
  /// The product's own: many pings a call.
  JSON(500) {
    @Override
    Answer send(Api api, Link link, List<TrackPoint> points) throws IOException {
      ObjectNode body = Json.object();
      ArrayNode locations = body.putArray("locations");
      for (TrackPoint point : points) {
        ObjectNode ping =
            locations
                .addObject()
                .put("latitude", point.latitude())
                .put("longitude", point.longitude())
                .put("recorded_at", point.time().toString());
        if (point.altitudeMetres() != null) {
          ping.put("altitude_metres", point.altitudeMetres());
        }
      }
      return api.post(
          "/api/v1/participants/" + link.participantId() + "/locations",
          "Bearer " + link.token(),
          body);
    }
  },

  /// OwnTracks in HTTP mode: one position a call, see https://owntracks.org/booklet/tech/json/.
  OWNTRACKS(1) {
    @Override
    Answer send(Api api, Link link, List<TrackPoint> points) throws IOException {
      TrackPoint point = points.getFirst();
      ObjectNode body =
          Json.object()
              .put("_type", "location")
              .put("tid", "re")
              .put("t", "u")
              .put("lat", point.latitude())
              .put("lon", point.longitude())
              .put("tst", point.time().getEpochSecond());
      if (point.altitudeMetres() != null) {
        body.put("alt", Math.round(point.altitudeMetres()));
      }
      return api.post("/api/v1/owntracks", "Basic " + basic(link), body);
    }
  };

  private final int mostInACall;

  PingFormat(int mostInACall) {
    this.mostInACall = mostInACall;
  }

  public int mostInACall() {
    return mostInACall;
  }

  /// The format of that name in lower case.
  ///
  /// @throws RunnerException when there is none of that name
  public static PingFormat named(String name) {
    return Stream.of(values())
        .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() -> new RunnerException("no format " + name + ": json or owntracks"));
  }

  /// Sends some of the track, at most as many points as fit in a call.
  abstract Answer send(Api api, Link link, List<TrackPoint> points) throws IOException;

  private static String basic(Link link) {
    return Base64.getEncoder()
        .encodeToString(
            (link.participantId() + ":" + link.token()).getBytes(StandardCharsets.UTF_8));
  }
}
