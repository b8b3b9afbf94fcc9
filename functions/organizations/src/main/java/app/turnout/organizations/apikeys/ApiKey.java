package app.turnout.organizations.apikeys;

import app.turnout.platform.security.Permission;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key that has not been revoked; it may have expired.
///
/// @param prefix of its text, for telling keys apart
/// @param createdBy null when they are gone
/// @param expiresAt null for no end
/// @param lastUsedAt to the minute; null when it never was
record ApiKey(
    UUID id,
    String name,
    String prefix,
    Set<Permission> permissions,
    @Nullable UUID createdBy,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    long version) {
  ApiKey {
    permissions = Set.copyOf(permissions);
  }
}
