package app.turnout.identity.sessions;

import io.micronaut.serde.annotation.Serdeable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The tokens to go on with (RFC 6749 §5.1).
///
/// @param tokenType `Bearer`
/// @param expiresIn seconds that the access token is good
/// @param refreshExpiresIn seconds that the refresh token is good
/// @param organizationId where the access token acts; null for nowhere yet
@Serdeable
public record TokensResponse(
    String accessToken,
    String tokenType,
    long expiresIn,
    String refreshToken,
    long refreshExpiresIn,
    @Nullable UUID organizationId) {
  public static TokensResponse of(Tokens tokens) {
    AccessTokenResponse access = AccessTokenResponse.of(tokens.access());
    return new TokensResponse(
        access.accessToken(),
        access.tokenType(),
        access.expiresIn(),
        tokens.refresh(),
        tokens.refreshLifetime().toSeconds(),
        access.organizationId());
  }

  @Override
  public String toString() {
    return "TokensResponse";
  }
}
