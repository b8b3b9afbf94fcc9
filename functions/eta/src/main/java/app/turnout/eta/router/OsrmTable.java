package app.turnout.eta.router;

import app.turnout.domain.GeoPoint;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// OSRM's table service: the ways from many positions to one place by one call.
///
/// Each coordinate has a radius, since OSRM takes whatever lies beyond for the nearest road's end,
/// however far that is. One coordinate without a road within its radius makes it refuse the table
/// (`NoSegment`); then it is asked once more without, and what is too far is left out here. A table
/// that is too large for the server (`TooBig`, or an address too long for a proxy before it) is
/// asked for in halves.
final class OsrmTable {
  /// How far from a road a way may begin or end.
  static final double RADIUS_METRES = 500;

  /// OSRM's own default lets a hundred by a hundred through.
  static final int MOST = 9_000;

  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration WHOLE = Duration.ofSeconds(3);
  private static final int LARGEST = 16 * 1024 * 1024;
  private static final int OK = 200;
  private static final Set<Integer> TOO_LONG = Set.of(413, 414, 431);

  /// Below half of the straight line, or above any train's speed, no road led from here to there.
  private static final double LEAST_DIRECTNESS = 0.5;

  private static final double MOST_METRES_PER_SECOND = 100;

  private final HttpClient client;
  private final JsonMapper json;
  private final URI router;
  private final String profile;

  OsrmTable(HttpClient client, JsonMapper json, URI router, String profile) {
    this.client = client;
    this.json = json;
    this.router = router;
    this.profile = profile;
  }

  static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT)
        .build();
  }

  /// One for each position, in their order. Throws [RouterFailedException].
  List<Optional<Way>> ways(List<GeoPoint> from, GeoPoint to) {
    long deadline = System.nanoTime() + WHOLE.toNanos();
    List<Optional<Way>> ways = new ArrayList<>();
    for (int start = 0; start < from.size(); start += MOST) {
      ways.addAll(part(from.subList(start, Math.min(from.size(), start + MOST)), to, deadline));
    }
    return ways;
  }

  private List<Optional<Way>> part(List<GeoPoint> from, GeoPoint to, long deadline) {
    Reply reply = ask(from, to, true, deadline);
    if (reply instanceof Reply.NoRoadNear) {
      reply = ask(from, to, false, deadline);
    }
    return switch (reply) {
      case Reply.Table(List<Optional<Way>> ways) -> ways;
      case Reply.NoRoadNear() -> Collections.nCopies(from.size(), Optional.empty());
      case Reply.TooLarge() -> {
        if (from.size() == 1) {
          throw new RouterFailedException("One position is too many for the router");
        }
        List<Optional<Way>> halves = new ArrayList<>();
        halves.addAll(part(from.subList(0, from.size() / 2), to, deadline));
        halves.addAll(part(from.subList(from.size() / 2, from.size()), to, deadline));
        yield halves;
      }
    };
  }

  private sealed interface Reply {
    record Table(List<Optional<Way>> ways) implements Reply {}

    record NoRoadNear() implements Reply {}

    record TooLarge() implements Reply {}
  }

  private Reply ask(List<GeoPoint> from, GeoPoint to, boolean near, long deadline) {
    HttpResponse<byte[]> response = send(uri(from, to, near), deadline);
    if (TOO_LONG.contains(response.statusCode())) {
      return new Reply.TooLarge();
    }
    JsonNode body = body(response);
    String code = text(body, "code");
    return switch (code) {
      case "Ok" -> {
        if (response.statusCode() != OK) {
          throw new RouterFailedException("Ok with status " + response.statusCode());
        }
        yield new Reply.Table(read(body, from, to));
      }
      case "NoSegment" -> new Reply.NoRoadNear();
      case "TooBig" -> new Reply.TooLarge();
      default ->
          throw new RouterFailedException(
              "Status "
                  + response.statusCode()
                  + (code.matches("[A-Za-z]{1,40}") ? ", code " + code : " without a code"));
    };
  }

  private URI uri(List<GeoPoint> from, GeoPoint to, boolean near) {
    List<GeoPoint> points = new ArrayList<>();
    points.add(to);
    points.addAll(from);
    String radii =
        near
            ? "&radiuses="
                + String.join(
                    ";", Collections.nCopies(points.size(), Long.toString((long) RADIUS_METRES)))
            : "";
    return URI.create(
        router.toString().replaceFirst("/$", "")
            + "/table/v1/"
            + profile
            + "/polyline6("
            + URLEncoder.encode(Polyline.encode(points), StandardCharsets.UTF_8)
            + ")?destinations=0&annotations=duration,distance&generate_hints=false"
            + radii);
  }

  /// The request's own timeout ends with the headers; this one is of the body too.
  private HttpResponse<byte[]> send(URI uri, long deadline) {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new RouterFailedException("No answer within " + WHOLE.toSeconds() + " s");
    }
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(
            HttpRequest.newBuilder(uri)
                .timeout(Duration.ofNanos(left))
                .header("User-Agent", "turnout")
                .build(),
            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST));
    try {
      return sent.get(left, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new RouterFailedException("No answer within " + WHOLE.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      // Its own words would quote the address, and so positions.
      throw new RouterFailedException("No answer: " + cause.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RouterFailedException("Not waited for", e);
    }
  }

  private JsonNode body(HttpResponse<byte[]> response) {
    try {
      JsonNode body = json.readValue(response.body(), JsonNode.class);
      if (body != null && body.isObject()) {
        return body;
      }
    } catch (IOException e) {
      // Said below, without the text.
    }
    throw new RouterFailedException("Status " + response.statusCode() + " without JSON");
  }

  private static List<Optional<Way>> read(JsonNode body, List<GeoPoint> from, GeoPoint to) {
    List<Optional<Way>> ways = new ArrayList<>();
    boolean believable = false;
    double placeOffRoad = number(row(list(body, "destinations", 1), 0).get("distance"));
    JsonNode durations = list(body, "durations", from.size() + 1);
    JsonNode distances = list(body, "distances", from.size() + 1);
    JsonNode sources = list(body, "sources", from.size() + 1);
    for (int i = 0; i < from.size(); i++) {
      JsonNode duration = cell(durations, i + 1);
      JsonNode distance = cell(distances, i + 1);
      double offRoad = number(row(sources, i + 1).get("distance"));
      if (duration.isNull() || distance.isNull() || !isNear(offRoad) || !isNear(placeOffRoad)) {
        ways.add(Optional.empty());
        believable = true;
        continue;
      }
      double seconds = Math.max(0, signed(duration));
      double metres = Math.max(0, signed(distance));
      double straight = from.get(i).metresTo(to) - offRoad - placeOffRoad;
      boolean can =
          metres >= LEAST_DIRECTNESS * straight && metres <= MOST_METRES_PER_SECOND * (seconds + 1);
      believable |= can;
      ways.add(
          can
              ? Optional.of(new Way(Duration.ofMillis(Math.round(1000 * seconds)), metres, offRoad))
              : Optional.empty());
    }
    if (!believable) {
      throw new RouterFailedException("No way in the answer can be one");
    }
    return ways;
  }

  private static boolean isNear(double offRoad) {
    return offRoad <= RADIUS_METRES;
  }

  private static JsonNode list(JsonNode body, String field, int size) {
    JsonNode list = body.get(field);
    if (list == null || !list.isArray() || list.size() != size) {
      throw new RouterFailedException("An answer without all of its " + field);
    }
    return list;
  }

  private static JsonNode row(JsonNode list, int index) {
    JsonNode row = list.get(index);
    if (row == null || !(row.isObject() || row.isArray())) {
      throw new RouterFailedException("An answer with a gap");
    }
    return row;
  }

  private static JsonNode cell(JsonNode table, int index) {
    JsonNode row = row(table, index);
    JsonNode cell = row.isArray() && row.size() == 1 ? row.get(0) : null;
    if (cell == null) {
      throw new RouterFailedException("An answer with another form");
    }
    return cell;
  }

  private static double number(@Nullable JsonNode value) {
    double number = signed(value);
    if (number < 0) {
      throw new RouterFailedException("An answer with an impossible number");
    }
    return number;
  }

  /// OSRM itself answers a little below zero where a position lies beside the place.
  private static double signed(@Nullable JsonNode value) {
    if (value == null || !value.isNumber()) {
      throw new RouterFailedException("An answer with something else than a number");
    }
    double number = value.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw new RouterFailedException("An answer with an impossible number");
    }
    return number;
  }

  private static String text(JsonNode object, String field) {
    JsonNode value = object.get(field);
    return value != null && value.isString() ? value.getStringValue() : "";
  }
}
