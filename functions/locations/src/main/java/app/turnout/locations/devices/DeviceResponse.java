package app.turnout.locations.devices;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A participant's device, without its token.
///
/// @param revokedAt null while it may send
/// @param lastSentAt when it last sent something, to the minute; null when it never did
/// @param lastRefusal why nothing of what it sent last was taken, such as `consent_missing`,
///   `tracking_window` or `encrypted`; null when something was
@Serdeable
record DeviceResponse(
    UUID id,
    String name,
    OffsetDateTime createdAt,
    @Nullable OffsetDateTime revokedAt,
    @Nullable OffsetDateTime lastSentAt,
    @Nullable String lastRefusal) {
  static DeviceResponse of(Device device) {
    return new DeviceResponse(
        device.id(),
        device.name(),
        device.createdAt().atOffset(ZoneOffset.UTC),
        offset(device.revokedAt()),
        offset(device.lastSentAt()),
        device.lastRefusal());
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
