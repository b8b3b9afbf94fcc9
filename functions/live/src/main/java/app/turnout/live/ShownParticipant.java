package app.turnout.live;

import app.turnout.domain.ParticipantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A participant, as they are now.
///
/// @param isShared whether they agreed to be seen by other participants
/// @param latest null for who sent no position, or does not let it be seen
/// @param arrivedAt null for who has not arrived
/// @param forecast null where none was computed
public record ShownParticipant(
    ParticipantId id,
    String name,
    String status,
    boolean consented,
    boolean isShared,
    String travelMode,
    app.turnout.platform.live.@Nullable LivePosition latest,
    @Nullable Instant arrivedAt,
    @Nullable Forecast forecast) {
  /// What was computed of when they will be there.
  ///
  /// @param eta once moving on as they do
  public record Forecast(
      String state,
      String strategy,
      Instant eta,
      @Nullable Long routeMetres,
      @Nullable Long offRoadMetres,
      boolean moving) {}
}
