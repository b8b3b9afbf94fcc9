package app.turnout.identity.internal;

import app.turnout.platform.security.AccessTokenClaims;
import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a token is good for, by the names of RFC 7662 section 2.2. Of one that is not active
/// nothing else is told.
///
/// @param sub the user
/// @param org the organization that asks, when the token acts in it; else null
/// @param role the user's, in the organization that asks
/// @param sid the session
/// @param exp when the token ends, in seconds since 1970
@Serdeable
record VerifiedTokenResponse(
    boolean active,
    @Nullable UUID sub,
    @Nullable UUID org,
    @Nullable String role,
    @Nullable UUID sid,
    @Nullable Long exp) {
  static final VerifiedTokenResponse INACTIVE =
      new VerifiedTokenResponse(false, null, null, null, null, null);

  static VerifiedTokenResponse of(AccessTokenClaims token, Colleague user, @Nullable UUID org) {
    return new VerifiedTokenResponse(
        true,
        user.id().value(),
        org,
        user.role().wire(),
        token.session(),
        token.expiresAt().getEpochSecond());
  }
}
