package app.turnout.platform.security;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a request proves of its caller, before the database was asked.
sealed interface Credentials {
  /// The attribute of the request that holds them.
  String ATTRIBUTE = "turnout.credentials";

  /// A valid access token.
  record AccessToken(
      UserId user, UUID session, @Nullable OrganizationId organization, Instant expiresAt)
      implements Credentials {}

  /// A text of the form of API keys, not looked up yet.
  record ApiKey(String text) implements Credentials {
    @Override
    public String toString() {
      return "ApiKey";
    }
  }

  /// A text of the form of devices' tokens, not looked up yet.
  record DeviceToken(String text) implements Credentials {
    @Override
    public String toString() {
      return "DeviceToken";
    }
  }

  /// An opaque token, not looked up yet.
  record OpaqueToken(String token) implements Credentials {}
}
