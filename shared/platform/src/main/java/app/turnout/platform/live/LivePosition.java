package app.turnout.platform.live;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.ParticipantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Where a participant was last.
///
/// @param accuracyMetres radius within which the phone believes to be
/// @param headingDegrees clockwise from true north, 0 to 360
/// @param recordedAt by the phone's clock, to the microsecond
public record LivePosition(
    ParticipantId participant,
    GeoPoint position,
    @Nullable Double accuracyMetres,
    @Nullable Double headingDegrees,
    @Nullable Double speedMetresPerSecond,
    Instant recordedAt) {
  public LivePosition {
    recordedAt = recordedAt.truncatedTo(ChronoUnit.MICROS);
  }
}
