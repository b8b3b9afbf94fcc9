package app.turnout.identity.oauth;

import app.turnout.domain.UserId;
import app.turnout.identity.oauth.providers.Provider;
import java.time.Instant;
import java.util.UUID;

/// A login at a provider that opens an account.
///
/// @param email as the provider had it when it was linked
record Identity(UUID id, UserId user, Provider provider, String email, Instant createdAt) {
  @Override
  public String toString() {
    return id.toString();
  }
}
