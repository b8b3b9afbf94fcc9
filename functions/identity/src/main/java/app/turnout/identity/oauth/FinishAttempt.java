package app.turnout.identity.oauth;

import app.turnout.identity.oauth.providers.Identification;
import app.turnout.identity.oauth.providers.IdentityProvider;
import app.turnout.identity.oauth.providers.Profile;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a browser that a provider sent back, and says what the app is to be told. Nothing is asked
/// of the provider while a transaction is open.
@Singleton
final class FinishAttempt {
  /// What the provider sent the browser back with.
  ///
  /// @param error as in RFC 6749 §4.1.2.1
  record Return(@Nullable String state, @Nullable String code, @Nullable String error) {
    @Override
    public String toString() {
      return "Return";
    }
  }

  /// What came of it.
  sealed interface Outcome {
    /// The state is none of ours, or of an attempt long gone: there is no app to tell.
    record Unknown() implements Outcome {}

    /// The app gets a code.
    record Code(Attempt attempt, String code) implements Outcome {
      @Override
      public String toString() {
        return "Code";
      }
    }

    /// The app is told that it is not to be, or not yet.
    record Told(Attempt attempt, Tidings tidings) implements Outcome {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(FinishAttempt.class);

  private final Database database;
  private final AttemptRepository attempts;
  private final AttemptSecrets secrets;
  private final CallbackAddress callback;
  private final AdmitIdentity admitIdentity;
  private final OAuthSettings settings;
  private final InstantSource time;

  FinishAttempt(
      Database database,
      AttemptRepository attempts,
      AttemptSecrets secrets,
      CallbackAddress callback,
      AdmitIdentity admitIdentity,
      OAuthSettings settings,
      InstantSource time) {
    this.database = database;
    this.attempts = attempts;
    this.secrets = secrets;
    this.callback = callback;
    this.admitIdentity = admitIdentity;
    this.settings = settings;
    this.time = time;
  }

  /// Uses the attempt up, whatever comes of it; unless it came by another browser.
  ///
  /// @param cookie finds the value of a cookie by its name
  Outcome finish(
      IdentityProvider provider, Return came, Function<String, Optional<String>> cookie) {
    Optional<UUID> id = Optional.ofNullable(came.state()).flatMap(secrets::attemptOfState);
    @Nullable Attempt attempt =
        id.flatMap(known -> database.inTransaction(() -> attempts.find(known))).orElse(null);
    if (attempt == null) {
      return new Outcome.Unknown();
    }
    boolean isSameBrowser =
        cookie
            .apply(BrowserCookie.name(attempt.id()))
            .filter(value -> secrets.isBrowser(attempt.id(), value))
            .isPresent();
    // Before it is used up: who only has seen the state must not spoil it.
    if (!isSameBrowser || attempt.provider() != provider.provider()) {
      LOG.warn("Attempt {} came back by another browser or provider", attempt.id());
      return new Outcome.Told(attempt, Tidings.LOGIN_FAILED);
    }
    boolean isFirst =
        database.inTransaction(
            () -> attempts.markReturned(attempt.id(), provider.provider(), time.instant()));
    if (!isFirst) {
      return new Outcome.Told(attempt, Tidings.ATTEMPT_EXPIRED);
    }
    String error = came.error();
    String code = came.code();
    if (error != null || code == null || code.isEmpty()) {
      return new Outcome.Told(attempt, refusal(error));
    }
    return ask(provider, attempt, code);
  }

  private static Tidings refusal(@Nullable String error) {
    return switch (error) {
      case "access_denied" -> Tidings.ACCESS_DENIED;
      case "temporarily_unavailable", "server_error" -> Tidings.TEMPORARILY_UNAVAILABLE;
      case null, default -> Tidings.LOGIN_FAILED;
    };
  }

  private Outcome ask(IdentityProvider provider, Attempt attempt, String code) {
    return switch (provider.identify(code, callback.exchange(attempt))) {
      case Identification.Identified(Profile profile) -> identified(attempt, profile);
      case Identification.EmailNotVerified() ->
          new Outcome.Told(attempt, Tidings.EMAIL_NOT_VERIFIED);
      case Identification.Refused(String reason) -> {
        LOG.warn("{} did not vouch: {}", attempt.provider().wire(), reason);
        yield new Outcome.Told(attempt, Tidings.LOGIN_FAILED);
      }
      case Identification.Unavailable(String reason) -> {
        LOG.warn("{} cannot be asked: {}", attempt.provider().wire(), reason);
        yield new Outcome.Told(attempt, Tidings.TEMPORARILY_UNAVAILABLE);
      }
    };
  }

  private Outcome identified(Attempt attempt, Profile profile) {
    Instant codeExpiresAt = time.instant().plus(settings.code());
    return switch (attempt.purpose()) {
      case LINK -> {
        database.run(() -> attempts.offer(attempt.id(), profile, codeExpiresAt));
        yield new Outcome.Code(attempt, secrets.code(attempt.id()));
      }
      case LOGIN ->
          switch (admitIdentity.admit(attempt, profile)) {
            case AdmitIdentity.Outcome.Admitted admitted ->
                new Outcome.Code(attempt, secrets.code(attempt.id()));
            case AdmitIdentity.Outcome.MustConfirm mustConfirm ->
                new Outcome.Told(attempt, Tidings.CONFIRMATION_MAILED);
            case AdmitIdentity.Outcome.Deactivated deactivated ->
                new Outcome.Told(attempt, Tidings.ACCOUNT_DEACTIVATED);
            case AdmitIdentity.Outcome.TooManyMails tooManyMails ->
                new Outcome.Told(attempt, Tidings.TOO_MANY_ATTEMPTS);
          };
    };
  }
}
