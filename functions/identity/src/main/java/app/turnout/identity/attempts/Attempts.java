package app.turnout.identity.attempts;

import app.turnout.domain.UserId;
import app.turnout.identity.accounts.EmailAddress;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.ratelimit.RateLimit;
import app.turnout.platform.ratelimit.RateLimits;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Counts attempts, by account and by source address. An account is counted whether there is one or
/// not, so that being refused tells nothing of it. Each method throws `rate_limited` when there
/// were too many.
@Singleton
public final class Attempts {
  /// Of an IPv6 address: whoever has one has all that begin so.
  private static final int NETWORK_BYTES = 8;

  private final RateLimits rateLimits;
  private final RateLimit login;
  private final RateLimit loginLocked;
  private final RateLimit loginAddress;
  private final RateLimit register;
  private final RateLimit registerAddress;
  private final RateLimit verifyAddress;
  private final RateLimit refreshAddress;
  private final RateLimit logoutAddress;
  private final RateLimit forgot;
  private final RateLimit forgotAddress;
  private final RateLimit reset;
  private final RateLimit resetAddress;
  private final RateLimit password;
  private final RateLimit passwordAddress;
  private final RateLimit emailChange;
  private final RateLimit account;
  private final RateLimit accountAddress;
  private final RateLimit oauthAddress;
  private final RateLimit registerAdmin;
  private final RateLimit registerAdminAddress;

  Attempts(RateLimits rateLimits, AttemptSettings settings) {
    this.rateLimits = rateLimits;
    this.login = RateLimit.parse("login", settings.login());
    this.loginLocked = new RateLimit("login-locked", 1, login.window());
    this.loginAddress = RateLimit.parse("login-address", settings.loginAddress());
    this.register = RateLimit.parse("register", settings.register());
    this.registerAddress = RateLimit.parse("register-address", settings.registerAddress());
    this.verifyAddress = RateLimit.parse("verify-address", settings.verifyAddress());
    this.refreshAddress = RateLimit.parse("refresh-address", settings.refreshAddress());
    this.logoutAddress = RateLimit.parse("logout-address", settings.logoutAddress());
    this.forgot = RateLimit.parse("forgot", settings.forgot());
    this.forgotAddress = RateLimit.parse("forgot-address", settings.forgotAddress());
    this.reset = RateLimit.parse("reset", settings.reset());
    this.resetAddress = RateLimit.parse("reset-address", settings.resetAddress());
    this.password = RateLimit.parse("password", settings.password());
    this.passwordAddress = RateLimit.parse("password-address", settings.passwordAddress());
    this.emailChange = RateLimit.parse("email-change", settings.emailChange());
    this.account = RateLimit.parse("account", settings.account());
    this.accountAddress = RateLimit.parse("account-address", settings.accountAddress());
    this.oauthAddress = RateLimit.parse("oauth-address", settings.oauthAddress());
    this.registerAdmin = RateLimit.parse("register-admin", settings.registerAdmin());
    this.registerAdminAddress =
        RateLimit.parse("register-admin-address", settings.registerAdminAddress());
  }

  /// Counted before the password is looked at, so that many at once do not slip through.
  ///
  /// @param locked called once a window, at the first attempt that is refused
  public void login(HttpRequest<?> request, EmailAddress email, Runnable locked) {
    rateLimits.count(loginAddress, source(request));
    try {
      rateLimits.count(login, email.folded());
    } catch (ProblemException e) {
      if (e.type() == ProblemType.RATE_LIMITED && rateLimits.allows(loginLocked, email.folded())) {
        locked.run();
      }
      throw e;
    }
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

  public void logout(HttpRequest<?> request) {
    rateLimits.count(logoutAddress, source(request));
  }

  public void forgotPassword(HttpRequest<?> request, EmailAddress email) {
    rateLimits.count(forgotAddress, source(request));
    rateLimits.count(forgot, email.folded());
  }

  public void resetPassword(HttpRequest<?> request, String token) {
    rateLimits.count(resetAddress, source(request));
    rateLimits.count(reset, token);
  }

  /// Counted before the password is looked at. Who is signed in by a stolen token may not guess the
  /// password at leisure.
  public void password(HttpRequest<?> request, UserId user) {
    rateLimits.count(passwordAddress, source(request));
    rateLimits.count(password, user.toString());
  }

  /// What succeeded does not count.
  public void passwordSucceeded(UserId user) {
    rateLimits.forgive(password, user.toString());
  }

  public void emailChange(UserId user) {
    rateLimits.count(emailChange, user.toString());
  }

  /// Requests about one's own account that nothing else counts.
  public void account(HttpRequest<?> request, UserId user) {
    rateLimits.count(accountAddress, source(request));
    rateLimits.count(account, user.toString());
  }

  /// Counted before the password is looked at: who has a token may not guess passwords by it.
  public void registerAdmin(HttpRequest<?> request, String token) {
    rateLimits.count(registerAdminAddress, source(request));
    rateLimits.count(registerAdmin, token);
  }

  /// Any step of a login by another service.
  public void oauth(HttpRequest<?> request) {
    rateLimits.count(oauthAddress, source(request));
  }

  private static String source(HttpRequest<?> request) {
    InetAddress address = request.getRemoteAddress().getAddress();
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
        : address.getHostAddress();
  }
}
