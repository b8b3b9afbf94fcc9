package app.turnout.identity.oauth;

import app.turnout.identity.oauth.providers.IdentityProvider;
import app.turnout.identity.oauth.providers.ProviderUnavailableException;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a browser on its way to a provider.
@Singleton
final class StartAttempt {
  /// What the app asks for.
  record Wish(Attempt.Purpose purpose, String redirectUri, String codeChallenge, String locale) {}

  /// What came of it.
  sealed interface Outcome {
    /// The browser goes on.
    ///
    /// @param location at the provider
    record Started(URI location, BrowserCookie cookie) implements Outcome {}

    record ProviderUnavailable() implements Outcome {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(StartAttempt.class);

  private final Database database;
  private final AttemptRepository attempts;
  private final AttemptSecrets secrets;
  private final CallbackAddress callback;
  private final OAuthSettings settings;
  private final Ids ids;
  private final InstantSource time;

  StartAttempt(
      Database database,
      AttemptRepository attempts,
      AttemptSecrets secrets,
      CallbackAddress callback,
      OAuthSettings settings,
      Ids ids,
      InstantSource time) {
    this.database = database;
    this.attempts = attempts;
    this.secrets = secrets;
    this.callback = callback;
    this.settings = settings;
    this.ids = ids;
    this.time = time;
  }

  Outcome start(IdentityProvider provider, Wish wish) {
    Attempt attempt =
        new Attempt(
            ids.next(),
            provider.provider(),
            wish.purpose(),
            wish.redirectUri(),
            wish.codeChallenge(),
            wish.locale());
    try {
      URI location = provider.authorization(callback.exchange(attempt));
      Instant now = time.instant();
      database.run(() -> attempts.add(attempt, now, now.plus(settings.attempt())));
      return new Outcome.Started(
          location,
          BrowserCookie.of(attempt.id(), secrets.browser(attempt.id()), settings.attempt()));
    } catch (ProviderUnavailableException e) {
      LOG.warn("{} cannot be asked: {}", provider.provider().wire(), e.getMessage());
      return new Outcome.ProviderUnavailable();
    }
  }
}
