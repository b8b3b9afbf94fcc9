package app.turnout.live;

import app.turnout.domain.GeoPoint;
import app.turnout.platform.live.LiveEta;
import app.turnout.platform.live.LivePosition;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// When a participant will be there.
///
/// @param state `no_position`, `not_left`, `on_the_way`, `standing_still`, `going_away`, `silent`
///   or `arrived`
/// @param strategy `osrm`, `velocity` or `simple`; null where nothing was computed
/// @param eta arrival time; once arrived, when that was
/// @param seconds from the answer's `as_of` until then; never below 0
/// @param distanceMetres great-circle distance to the destination
/// @param routeMetres by road; null unless a router said it
/// @param offRoadMetres from the position to that road; null unless a router said it
@Serdeable
public record EtaBody(
    UUID participantId,
    String state,
    @Nullable String strategy,
    String travelMode,
    @Nullable OffsetDateTime eta,
    @Nullable Long seconds,
    @Nullable Long distanceMetres,
    @Nullable Long routeMetres,
    @Nullable Long offRoadMetres,
    @Nullable Boolean moving,
    boolean arrived,
    @Nullable OffsetDateTime arrivedAt,
    @Nullable OffsetDateTime lastPingAt,
    @Nullable Long pingAgeSeconds) {
  /// Who has sent nothing for so long is silent.
  private static final Duration SILENCE = Duration.ofMinutes(10);

  /// As it was found for all who watch.
  public static EtaBody of(LiveEta eta, Instant asOf) {
    Instant lastPingAt = eta.lastPingAt();
    return new EtaBody(
        eta.participant().value(),
        eta.state(),
        eta.strategy(),
        eta.travelMode(),
        offset(eta.eta()),
        seconds(asOf, eta.eta()),
        eta.distanceMetres(),
        eta.routeMetres(),
        eta.offRoadMetres(),
        eta.moving(),
        eta.arrivedAt() != null,
        offset(eta.arrivedAt()),
        offset(lastPingAt),
        lastPingAt == null ? null : seconds(lastPingAt, asOf));
  }

  /// As it was found last, and how that looks now; null where nothing was found yet.
  public static @Nullable EtaBody of(ShownParticipant participant, WatchedDate date, Instant asOf) {
    LivePosition latest = participant.latest();
    ShownParticipant.Forecast forecast = participant.forecast();
    Instant arrivedAt = participant.arrivedAt();
    String state = state(latest, forecast, arrivedAt, asOf);
    if (state == null) {
      return null;
    }
    GeoPoint destination = date.destination();
    Instant eta = arrivedAt != null ? arrivedAt : forecast == null ? null : forecast.eta();
    return of(
        new LiveEta(
            participant.id(),
            state,
            forecast == null ? null : forecast.strategy(),
            participant.travelMode(),
            eta,
            latest == null || destination == null
                ? null
                : Math.round(latest.position().metresTo(destination)),
            forecast == null ? null : forecast.routeMetres(),
            forecast == null ? null : forecast.offRoadMetres(),
            forecast == null ? null : forecast.moving(),
            arrivedAt,
            latest == null ? null : latest.recordedAt()),
        asOf);
  }

  private static @Nullable String state(
      @Nullable LivePosition latest,
      ShownParticipant.@Nullable Forecast forecast,
      @Nullable Instant arrivedAt,
      Instant asOf) {
    if (arrivedAt != null) {
      return "arrived";
    }
    if (latest == null) {
      return "no_position";
    }
    if (latest.recordedAt().plus(SILENCE).isBefore(asOf)) {
      return "silent";
    }
    return forecast == null ? null : forecast.state();
  }

  private static @Nullable Long seconds(Instant from, @Nullable Instant until) {
    return until == null ? null : Math.max(0, Duration.between(from, until).toSeconds());
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
