package app.turnout.participants.links;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A link, as stored: what it is derived from, and not the token.
///
/// @param revokedAt null while it is good
/// @param sentAt when it was last given to the mail; null when it never was
record ParticipantLink(
    UUID id, Instant createdAt, @Nullable Instant revokedAt, @Nullable Instant sentAt) {
  boolean isRevoked() {
    return revokedAt != null;
  }
}
