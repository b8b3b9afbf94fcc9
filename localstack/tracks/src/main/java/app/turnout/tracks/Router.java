package app.turnout.tracks;

import app.turnout.domain.GeoPoint;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// An OSRM server: its services `nearest` and `route`, version 1, profile `driving`; see
/// https://project-osrm.org/docs/v26.7.3/http.
final class Router {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI address;

  Router(URI address) {
    this.address = address;
  }

  /// The nearest point of a road; empty when it is farther than so many metres.
  Optional<GeoPoint> nearestRoad(GeoPoint point, double metres) {
    JsonNode waypoint = ask("/nearest/v1/driving/" + coordinates(List.of(point)), "waypoints");
    return waypoint.path("distance").asDouble() > metres
        ? Optional.empty()
        : Optional.of(point(waypoint.path("location")));
  }

  /// The fastest way that leads by these points.
  Way way(List<GeoPoint> points) {
    JsonNode route =
        ask(
            "/route/v1/driving/"
                + coordinates(points)
                + "?overview=full&geometries=geojson&annotations=duration,distance",
            "routes");
    List<GeoPoint> line = new ArrayList<>();
    route.path("geometry").path("coordinates").forEach(place -> line.add(point(place)));
    List<Stretch> stretches = new ArrayList<>();
    for (JsonNode leg : route.path("legs")) {
      stretches.addAll(stretches(leg, line.subList(stretches.size(), line.size())));
    }
    if (stretches.size() != line.size() - 1) {
      throw new IllegalStateException(
          stretches.size() + " stretches on a line of " + line.size() + " points");
    }
    return new Way(stretches);
  }

  /// What is lost at turns and lights is in the leg's duration only, and is spread over it here.
  private static List<Stretch> stretches(JsonNode leg, List<GeoPoint> line) {
    JsonNode metres = leg.path("annotation").path("distance");
    JsonNode seconds = leg.path("annotation").path("duration");
    List<Stretch> stretches = new ArrayList<>();
    for (int i = 0; i < metres.size(); i++) {
      stretches.add(
          new Stretch(
              line.get(i), line.get(i + 1), metres.get(i).asDouble(), seconds.get(i).asDouble()));
    }
    double rolling = stretches.stream().mapToDouble(Stretch::seconds).sum();
    double all = leg.path("duration").asDouble();
    return rolling > 0
        ? stretches.stream().map(stretch -> stretch.scaled(all / rolling)).toList()
        : stretches;
  }

  private JsonNode ask(String path, String field) {
    try {
      HttpResponse<byte[]> response =
          http.send(
              HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      JsonNode answer = json.readTree(response.body());
      if (!answer.path("code").asText().equals("Ok")) {
        throw new IllegalStateException(path + " answered " + answer.path("message").asText());
      }
      return answer.path(field).path(0);
    } catch (IOException e) {
      throw new IllegalStateException("no answer from the router at " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static GeoPoint point(JsonNode place) {
    return new GeoPoint(place.path(1).asDouble(), place.path(0).asDouble());
  }

  private static String coordinates(List<GeoPoint> points) {
    return points.stream()
        .map(point -> String.format(Locale.ROOT, "%.6f,%.6f", point.longitude(), point.latitude()))
        .collect(Collectors.joining(";"));
  }
}
