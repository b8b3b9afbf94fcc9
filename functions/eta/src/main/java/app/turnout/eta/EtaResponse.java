package app.turnout.eta;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// When one participant will be there. What rests on positions is null before the first one.
///
/// @param eta arrival time, counted from the last ping; once arrived, when that was
/// @param seconds from the answer's `as_of` until then; never below 0
/// @param distanceMetres great-circle distance to the destination
/// @param moving whether the last minutes' pings differ by more than noise
@Serdeable
record EtaResponse(
    UUID participantId,
    String name,
    @Nullable Strategy strategy,
    @Nullable OffsetDateTime eta,
    @Nullable Long seconds,
    @Nullable Long distanceMetres,
    @Nullable Boolean moving,
    boolean arrived,
    @Nullable OffsetDateTime arrivedAt,
    @Nullable OffsetDateTime lastPingAt,
    @Nullable Long pingAgeSeconds) {
  static EtaResponse of(Outlook outlook, Instant asOf) {
    Traveller traveller = outlook.traveller();
    Instant arrivedAt = traveller.arrivedAt();
    Ping latest = traveller.latest();
    Estimate estimate = outlook.estimate();
    if (latest == null || estimate == null) {
      return new EtaResponse(
          traveller.id().value(),
          traveller.name(),
          null,
          offset(arrivedAt),
          arrivedAt == null ? null : 0L,
          null,
          null,
          arrivedAt != null,
          offset(arrivedAt),
          null,
          null);
    }
    Instant eta = arrivedAt != null ? arrivedAt : latest.time().plus(estimate.remaining());
    return new EtaResponse(
        traveller.id().value(),
        traveller.name(),
        estimate.strategy(),
        offset(eta),
        seconds(asOf, eta),
        Math.round(estimate.distanceMetres()),
        estimate.moving(),
        arrivedAt != null,
        offset(arrivedAt),
        offset(latest.time()),
        seconds(latest.time(), asOf));
  }

  private static long seconds(Instant from, Instant until) {
    return Math.max(0, Duration.between(from, until).toSeconds());
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
