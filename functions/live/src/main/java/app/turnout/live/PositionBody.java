package app.turnout.live;

import app.turnout.platform.live.LivePosition;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a participant was last.
///
/// @param accuracyMetres radius within which the phone believes to be
/// @param headingDegrees clockwise from true north
/// @param recordedAt by the phone's clock
@Serdeable
public record PositionBody(
    UUID participantId,
    double latitude,
    double longitude,
    @Nullable Double accuracyMetres,
    @Nullable Double headingDegrees,
    @Nullable Double speedMetresPerSecond,
    OffsetDateTime recordedAt) {
  /// As it is stored.
  public static PositionBody of(LivePosition position) {
    return new PositionBody(
        position.participant().value(),
        position.position().latitude(),
        position.position().longitude(),
        position.accuracyMetres(),
        position.headingDegrees(),
        position.speedMetresPerSecond(),
        position.recordedAt().atOffset(ZoneOffset.UTC));
  }
}
