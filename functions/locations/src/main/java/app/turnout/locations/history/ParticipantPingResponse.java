package app.turnout.locations.history;

import app.turnout.locations.Ping;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One stored ping of one of many participants.
///
/// @param receivedAt when the API took it
@Serdeable
record ParticipantPingResponse(
    UUID participantId,
    double latitude,
    double longitude,
    OffsetDateTime recordedAt,
    OffsetDateTime receivedAt,
    @Nullable Double accuracyMetres,
    @Nullable Double altitudeMetres,
    @Nullable Double speedMetresPerSecond,
    @Nullable Double headingDegrees,
    @Nullable Double batteryPercent) {
  static ParticipantPingResponse of(TrackPoint stored) {
    Ping ping = stored.ping();
    return new ParticipantPingResponse(
        stored.participant().value(),
        ping.position().latitude(),
        ping.position().longitude(),
        ping.recordedAt().atOffset(ZoneOffset.UTC),
        stored.receivedAt().atOffset(ZoneOffset.UTC),
        ping.accuracyMetres(),
        ping.altitudeMetres(),
        ping.speedMetresPerSecond(),
        ping.headingDegrees(),
        ping.batteryPercent());
  }
}
