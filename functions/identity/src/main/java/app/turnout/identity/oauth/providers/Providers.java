package app.turnout.identity.oauth.providers;

import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The providers that are configured.
@Singleton
public final class Providers {
  private final Map<Provider, IdentityProvider> configured = new EnumMap<>(Provider.class);

  Providers(List<IdentityProvider> providers) {
    for (IdentityProvider provider : providers) {
      if (provider.isConfigured()) {
        configured.put(provider.provider(), provider);
      }
    }
  }

  public Optional<IdentityProvider> find(Provider provider) {
    return Optional.ofNullable(configured.get(provider));
  }
}
