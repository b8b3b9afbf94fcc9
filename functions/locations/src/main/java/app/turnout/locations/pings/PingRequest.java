package app.turnout.locations.pings;

import app.turnout.domain.GeoPoint;
import app.turnout.locations.Ping;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// One position at one time.
///
/// @param recordedAt by the phone's clock; not more than two minutes ahead, not older than a day
/// @param headingDegrees clockwise from true north
@Serdeable
record PingRequest(
    @DecimalMin("-90") @DecimalMax("90") double latitude,
    @DecimalMin("-180") @DecimalMax("180") double longitude,
    OffsetDateTime recordedAt,
    @Nullable @Min(0) @Max(Ping.MAX_ACCURACY_METRES) Double accuracyMetres,
    @Nullable @Min(Ping.MIN_ALTITUDE_METRES) @Max(Ping.MAX_ALTITUDE_METRES) Double altitudeMetres,
    @Nullable @Min(0) @Max(Ping.MAX_SPEED_METRES_PER_SECOND) Double speedMetresPerSecond,
    @Nullable @Min(0) @Max(360) Double headingDegrees,
    @Nullable @Min(0) @Max(100) Double batteryPercent) {
  Ping toPing() {
    Instant instant = recordedAt.toInstant();
    return new Ping(
        instant,
        new GeoPoint(latitude, longitude),
        accuracyMetres,
        altitudeMetres,
        speedMetresPerSecond,
        headingDegrees,
        batteryPercent);
  }
}
