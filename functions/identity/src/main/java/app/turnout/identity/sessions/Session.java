package app.turnout.identity.sessions;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One login, and the family of refresh tokens that came of it: only the newest generation opens
/// it.
///
/// @param organization that its access tokens name
/// @param rotatedAt when the newest refresh token was made
record Session(
    UUID id,
    UserId user,
    @Nullable OrganizationId organization,
    int generation,
    Instant rotatedAt,
    Instant expiresAt,
    boolean isRevoked) {
  boolean isOpen(Instant now) {
    return !isRevoked && now.isBefore(expiresAt);
  }

  /// Whether this generation was rotated so lately that its holder may not have heard of the next.
  boolean isGraceFor(int used, Instant now, Duration grace) {
    return used == generation - 1 && !now.isAfter(rotatedAt.plus(grace));
  }

  Session rotated(Instant now, Duration lifetime) {
    return new Session(id, user, organization, generation + 1, now, now.plus(lifetime), isRevoked);
  }

  Session in(@Nullable OrganizationId chosen) {
    return new Session(id, user, chosen, generation, rotatedAt, expiresAt, isRevoked);
  }
}
