package app.turnout.identity.attempts;

import app.turnout.identity.accounts.EmailAddress;
import app.turnout.platform.ratelimit.RateLimit;
import app.turnout.platform.ratelimit.RateLimits;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;

/// Counts attempts, by account and by source address. An account is counted whether there is one or
/// not, so that being refused tells nothing of it. Each method throws `rate_limited` when there
/// were too many.
@Singleton
public final class Attempts {
  private final RateLimits rateLimits;
  private final RateLimit login;
  private final RateLimit loginAddress;
  private final RateLimit register;
  private final RateLimit registerAddress;
  private final RateLimit verifyAddress;
  private final RateLimit refreshAddress;

  Attempts(RateLimits rateLimits, AttemptSettings settings) {
    this.rateLimits = rateLimits;
    this.login = RateLimit.parse("login", settings.login());
    this.loginAddress = RateLimit.parse("login-address", settings.loginAddress());
    this.register = RateLimit.parse("register", settings.register());
    this.registerAddress = RateLimit.parse("register-address", settings.registerAddress());
    this.verifyAddress = RateLimit.parse("verify-address", settings.verifyAddress());
    this.refreshAddress = RateLimit.parse("refresh-address", settings.refreshAddress());
  }

  /// Counted before the password is looked at, so that many at once do not slip through.
  public void login(HttpRequest<?> request, EmailAddress email) {
    rateLimits.count(loginAddress, source(request));
    rateLimits.count(login, email.folded());
  }

  /// What succeeded does not count against the account: its owner may come often.
  public void loginSucceeded(EmailAddress email) {
    rateLimits.forgive(login, email.folded());
  }

  public void register(HttpRequest<?> request, EmailAddress email) {
    rateLimits.count(registerAddress, source(request));
    rateLimits.count(register, email.folded());
  }

  public void verify(HttpRequest<?> request) {
    rateLimits.count(verifyAddress, source(request));
  }

  public void refresh(HttpRequest<?> request) {
    rateLimits.count(refreshAddress, source(request));
  }

  private static String source(HttpRequest<?> request) {
    return request.getRemoteAddress().getAddress().getHostAddress();
  }
}
