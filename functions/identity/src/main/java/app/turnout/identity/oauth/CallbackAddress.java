package app.turnout.identity.oauth;

import app.turnout.identity.oauth.providers.IdentityProvider;
import app.turnout.identity.oauth.providers.Provider;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.URI;

/// Where providers send browsers back to: an address of its own for each, so that none can pass for
/// another. It is to be registered with the provider as it is.
@Singleton
final class CallbackAddress {
  private final String publicUrl;
  private final AttemptSecrets secrets;

  CallbackAddress(@Value("${turnout.public-url}") String publicUrl, AttemptSecrets secrets) {
    this.publicUrl = publicUrl;
    this.secrets = secrets;
  }

  URI of(Provider provider) {
    return URI.create(publicUrl + "/api/v1/auth/oauth/" + provider.wire() + "/callback");
  }

  /// What an attempt sends along.
  IdentityProvider.Exchange exchange(Attempt attempt) {
    return new IdentityProvider.Exchange(
        of(attempt.provider()),
        secrets.state(attempt.id()),
        secrets.nonce(attempt.id()),
        secrets.verifier(attempt.id()));
  }
}
