package app.turnout.eta.router;

import app.turnout.domain.GeoPoint;
import io.micronaut.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The router whose address is in `TURNOUT_OSRM_URL`, with a map of Krems an der Donau.
public final class RealRouter {
  private RealRouter() {}

  /// One for each position, in their order.
  public static List<Optional<Way>> ways(List<GeoPoint> from, GeoPoint to) {
    try (HttpClient client = OsrmTable.client()) {
      return new OsrmTable(
              client,
              JsonMapper.createDefault(),
              URI.create(Objects.requireNonNull(System.getenv("TURNOUT_OSRM_URL"))),
              "car")
          .ways(from, to);
    }
  }
}
