package app.turnout.eta;

import app.turnout.domain.ParticipantId;
import app.turnout.domain.TravelMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is to be expected of one participant at a time. What rests on positions is null before the
/// first one; what rests on an estimate, once they have arrived.
///
/// @param expected whether they did not say that they will not come
/// @param eta arrival time, counted from the ping; once arrived, when that was
/// @param distanceMetres great-circle distance from the newest position
/// @param routeMetres by road; null unless a router said it
/// @param offRoadMetres from the position to that road; null unless a router said it
/// @param moving whether the last minutes' pings differ by more than noise
public record Outlook(
    ParticipantId participant,
    String name,
    boolean expected,
    ArrivalState state,
    @Nullable Strategy strategy,
    TravelMode travelMode,
    @Nullable Instant eta,
    @Nullable Long distanceMetres,
    @Nullable Long routeMetres,
    @Nullable Long offRoadMetres,
    @Nullable Boolean moving,
    @Nullable Instant arrivedAt,
    @Nullable Instant lastPingAt) {
  private static final Duration SILENCE = Duration.ofMinutes(10);

  static Outlook of(Traveller traveller, Place place, Instant now) {
    Instant arrivedAt = traveller.arrivedAt();
    Ping latest = traveller.latest();
    Traveller.Kept kept = arrivedAt == null && latest != null ? traveller.kept() : null;
    return new Outlook(
        traveller.id(),
        traveller.name(),
        traveller.expected(),
        state(traveller, now),
        kept == null ? null : kept.strategy(),
        traveller.travelMode(),
        kept == null ? arrivedAt : kept.basedOn().plus(kept.remaining()),
        latest == null ? null : Math.round(latest.position().metresTo(place.position())),
        kept == null ? null : rounded(kept.routeMetres()),
        kept == null ? null : rounded(kept.offRoadMetres()),
        kept == null ? (latest == null ? null : Boolean.FALSE) : (Boolean) kept.moving(),
        arrivedAt,
        latest == null ? null : latest.time());
  }

  private static ArrivalState state(Traveller traveller, Instant now) {
    Ping latest = traveller.latest();
    if (traveller.arrivedAt() != null) {
      return ArrivalState.ARRIVED;
    }
    if (latest == null) {
      return ArrivalState.NO_POSITION;
    }
    if (!now.isBefore(latest.time().plus(SILENCE))) {
      return ArrivalState.SILENT;
    }
    Traveller.Kept kept = traveller.kept();
    return kept == null ? ArrivalState.NOT_LEFT : kept.state();
  }

  private static @Nullable Long rounded(@Nullable Double metres) {
    return metres == null ? null : Math.round(metres);
  }
}
