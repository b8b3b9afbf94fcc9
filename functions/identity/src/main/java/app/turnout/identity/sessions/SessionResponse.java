package app.turnout.identity.sessions;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One place that the caller is logged in at.
///
/// @param current whether it is the one that asks
/// @param organizationId where its access tokens act; null for nowhere
/// @param lastUsedAt when it got its newest refresh token, which is a quarter of an hour old at
///   most while it is in use
/// @param userAgent what the program called itself then; null when it did not
/// @param sourceAddress the IP address it came from then
@Serdeable
record SessionResponse(
    UUID id,
    boolean current,
    @Nullable UUID organizationId,
    Instant createdAt,
    Instant lastUsedAt,
    Instant expiresAt,
    @Nullable String userAgent,
    @Nullable String sourceAddress) {
  static SessionResponse of(SessionRepository.Listed session, UUID current) {
    return new SessionResponse(
        session.id(),
        session.id().equals(current),
        session.organization(),
        session.createdAt(),
        session.lastUsedAt(),
        session.expiresAt(),
        session.userAgent(),
        session.sourceAddress());
  }
}
