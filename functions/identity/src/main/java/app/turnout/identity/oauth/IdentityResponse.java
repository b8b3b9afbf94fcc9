package app.turnout.identity.oauth;

import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/// A login at another service that opens the account.
///
/// @param provider `google` or `github`
/// @param email of the account there, as it was when it was linked
@Serdeable
record IdentityResponse(UUID id, String provider, String email, OffsetDateTime createdAt) {
  static IdentityResponse of(Identity identity) {
    return new IdentityResponse(
        identity.id(),
        identity.provider().wire(),
        identity.email(),
        identity.createdAt().atOffset(ZoneOffset.UTC));
  }
}
