package app.turnout.eta.outlooks;

import app.turnout.domain.TravelMode;
import app.turnout.eta.ArrivalState;
import app.turnout.eta.Outlook;
import app.turnout.eta.Strategy;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// When one participant will be there. What rests on positions is null before the first one.
///
/// @param strategy what the time rests on; null when there is none, and once arrived
/// @param eta arrival time, counted from the last ping; once arrived, when that was
/// @param seconds from the answer's `as_of` until then; never below 0
/// @param distanceMetres great-circle distance to the destination
/// @param routeMetres distance by road; null unless the strategy is `osrm`
/// @param offRoadMetres from the last position to that road; null unless the strategy is `osrm`
/// @param moving whether the last minutes' pings differ by more than noise
@Serdeable
record EtaResponse(
    UUID participantId,
    String name,
    ArrivalState state,
    @Nullable Strategy strategy,
    TravelMode travelMode,
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
  static EtaResponse of(Outlook outlook, Instant asOf) {
    Instant eta = outlook.eta();
    Instant lastPingAt = outlook.lastPingAt();
    return new EtaResponse(
        outlook.participant().value(),
        outlook.name(),
        outlook.state(),
        outlook.strategy(),
        outlook.travelMode(),
        offset(eta),
        eta == null ? null : seconds(asOf, eta),
        outlook.distanceMetres(),
        outlook.routeMetres(),
        outlook.offRoadMetres(),
        outlook.moving(),
        outlook.arrivedAt() != null,
        offset(outlook.arrivedAt()),
        offset(lastPingAt),
        lastPingAt == null ? null : seconds(lastPingAt, asOf));
  }

  private static long seconds(Instant from, Instant until) {
    return Math.max(0, Duration.between(from, until).toSeconds());
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
