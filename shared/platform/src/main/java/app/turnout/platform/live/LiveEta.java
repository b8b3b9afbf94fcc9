package app.turnout.platform.live;

import app.turnout.domain.ParticipantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// When a participant will be there, as it was found for all who watch. Times are to the
/// millisecond; seconds until then and the age of the ping follow from the update's time.
///
/// @param state wire value: `no_position`, `not_left`, `on_the_way`, `standing_still`,
///   `going_away`, `silent`, `arrived`
/// @param strategy wire value of what it was found by; null where nothing was
/// @param travelMode wire value: `car`, `bicycle`, `foot`
/// @param eta arrival time; once arrived, when that was
/// @param distanceMetres great-circle distance to the destination
/// @param routeMetres by road; null unless a router said it
/// @param offRoadMetres from the position to that road; null unless a router said it
/// @param moving whether the last minutes' pings differ by more than noise
/// @param arrivedAt null for who has not arrived
public record LiveEta(
    ParticipantId participant,
    String state,
    @Nullable String strategy,
    String travelMode,
    @Nullable Instant eta,
    @Nullable Long distanceMetres,
    @Nullable Long routeMetres,
    @Nullable Long offRoadMetres,
    @Nullable Boolean moving,
    @Nullable Instant arrivedAt,
    @Nullable Instant lastPingAt) {
  public LiveEta {
    eta = millis(eta);
    arrivedAt = millis(arrivedAt);
    lastPingAt = millis(lastPingAt);
  }

  private static @Nullable Instant millis(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS);
  }
}
