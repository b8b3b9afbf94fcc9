package app.turnout.organizations.apikeys;

import app.turnout.platform.idempotency.Secretive;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key that was made just now, with the text that is shown this once.
///
/// @param key goes into `Authorization: Bearer …`; null only in the copy that is kept for a
///   repeated request
@Serdeable
record CreatedApiKeyResponse(
    UUID id,
    @Nullable String key,
    String name,
    String prefix,
    List<String> permissions,
    @Nullable UUID createdBy,
    OffsetDateTime createdAt,
    @Nullable OffsetDateTime expiresAt)
    implements Secretive<CreatedApiKeyResponse> {
  CreatedApiKeyResponse {
    permissions = List.copyOf(permissions);
  }

  static CreatedApiKeyResponse of(ApiKey made, String text) {
    ApiKeyResponse shown = ApiKeyResponse.of(made);
    return new CreatedApiKeyResponse(
        shown.id(),
        text,
        shown.name(),
        shown.prefix(),
        shown.permissions(),
        shown.createdBy(),
        shown.createdAt(),
        shown.expiresAt());
  }

  @Override
  public CreatedApiKeyResponse withoutSecrets() {
    return withKey(null);
  }

  CreatedApiKeyResponse withKey(@Nullable String text) {
    return new CreatedApiKeyResponse(
        id, text, name, prefix, permissions, createdBy, createdAt, expiresAt);
  }

  /// Without the key, for whoever logs an answer by accident.
  @Override
  public String toString() {
    return prefix;
  }
}
