package app.turnout.organizations.apikeys;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key, without what makes it one.
///
/// @param prefix of its text
/// @param createdBy null when they are gone
/// @param expiresAt from then on it opens nothing; null for no end
/// @param lastUsedAt to the minute; null when it never was
@Serdeable
record ApiKeyResponse(
    UUID id,
    String name,
    String prefix,
    List<String> permissions,
    @Nullable UUID createdBy,
    OffsetDateTime createdAt,
    @Nullable OffsetDateTime expiresAt,
    @Nullable OffsetDateTime lastUsedAt) {
  ApiKeyResponse {
    permissions = List.copyOf(permissions);
  }

  static ApiKeyResponse of(ApiKey key) {
    return new ApiKeyResponse(
        key.id(),
        key.name(),
        key.prefix(),
        KeyPermissions.names(key.permissions()),
        key.createdBy(),
        key.createdAt().atOffset(ZoneOffset.UTC),
        utc(key.expiresAt()),
        utc(key.lastUsedAt()));
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
