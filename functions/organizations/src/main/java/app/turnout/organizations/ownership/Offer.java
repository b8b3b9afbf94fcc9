package app.turnout.organizations.ownership;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An owner's offer to put a member in their place.
///
/// @param ended what came of it; null while nothing did
record Offer(
    UUID id,
    OrganizationId organization,
    UserId by,
    UserId to,
    Instant createdAt,
    Instant expiresAt,
    @Nullable How ended) {
  /// What came of it.
  enum How {
    ACCEPTED,
    DECLINED,
    CANCELLED,
    /// One of the two does not qualify any more.
    LAPSED,
    EXPIRED;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  boolean isOpen(Instant now) {
    return ended == null && now.isBefore(expiresAt);
  }
}
