package app.turnout.eta.router;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.TravelMode;
import app.turnout.platform.json.WireName;
import io.micronaut.context.annotation.Value;
import io.micronaut.json.JsonMapper;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A router for each travel mode that has one: `turnout.routers.car`, `.bicycle` and `.foot` are
/// the addresses of OSRM servers, empty where there is none.
@Singleton
public final class Routers {
  private static final Logger LOG = LoggerFactory.getLogger(Routers.class);

  /// What OSRM's own profiles are called; a server has one, and ignores the name.
  private static final Map<TravelMode, String> PROFILES =
      Map.of(TravelMode.CAR, "car", TravelMode.BICYCLE, "bicycle", TravelMode.FOOT, "foot");

  private final Map<TravelMode, URI> addresses = new EnumMap<>(TravelMode.class);
  private final RouterBreaker breaker;
  private final JsonMapper json;
  private @Nullable HttpClient client;

  Routers(
      @Value("${turnout.routers.car:}") String car,
      @Value("${turnout.routers.bicycle:}") String bicycle,
      @Value("${turnout.routers.foot:}") String foot,
      RouterBreaker breaker,
      JsonMapper json) {
    Map.of(TravelMode.CAR, car, TravelMode.BICYCLE, bicycle, TravelMode.FOOT, foot)
        .forEach(
            (mode, address) -> {
              if (!address.isBlank()) {
                addresses.put(mode, URI.create(address.strip()));
              }
            });
    this.breaker = breaker;
    this.json = json;
  }

  /// The ways from many positions to one place.
  public Ways ask(TravelMode mode, List<GeoPoint> from, GeoPoint to, Instant now) {
    URI address = addresses.get(mode);
    if (address == null) {
      return new Ways.NoRouter();
    }
    return switch (breaker.verdict(mode, now)) {
      case RouterBreaker.Verdict.Wait(Instant until) -> new Ways.Away(until);
      case RouterBreaker.Verdict.Ask(boolean afterFailures) -> {
        OsrmTable table = new OsrmTable(client(), json, address, PROFILES.getOrDefault(mode, ""));
        try {
          List<Optional<Way>> ways = table.ways(from, to);
          if (afterFailures) {
            breaker.succeeded(mode);
          }
          yield new Ways.Found(ways);
        } catch (RouterFailedException e) {
          LOG.warn("The router for {} failed: {}", WireName.of(mode), e.getMessage());
          yield new Ways.Away(breaker.failed(mode, now));
        }
      }
    };
  }

  /// Not before it is needed: a snapshot of the function holds no open connection.
  private synchronized HttpClient client() {
    HttpClient opened = client;
    if (opened == null) {
      opened = OsrmTable.client();
      client = opened;
    }
    return opened;
  }

  @PreDestroy
  synchronized void close() {
    if (client != null) {
      client.shutdownNow();
    }
  }
}
