package app.turnout.locations.devices;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A device of a participant's.
///
/// @param revokedAt null while it may send
/// @param lastSentAt to the minute; null when it never sent
/// @param lastRefusal why nothing of what it sent last was taken; null when something was
record Device(
    UUID id,
    String name,
    Instant createdAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastSentAt,
    @Nullable String lastRefusal) {
  boolean isRevoked() {
    return revokedAt != null;
  }
}
