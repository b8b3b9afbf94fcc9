package app.turnout.identity.sessions;

import app.turnout.domain.OrganizationId;
import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An access token of the same session; its refresh token stays.
///
/// @param tokenType `Bearer`
/// @param expiresIn seconds that it is good
/// @param organizationId where it acts
@Serdeable
record AccessTokenResponse(
    String accessToken, String tokenType, long expiresIn, @Nullable UUID organizationId) {
  static AccessTokenResponse of(AccessToken token) {
    OrganizationId organization = token.organization();
    return new AccessTokenResponse(
        token.value(),
        "Bearer",
        token.lifetime().toSeconds(),
        organization == null ? null : organization.value());
  }

  @Override
  public String toString() {
    return "AccessTokenResponse";
  }
}
