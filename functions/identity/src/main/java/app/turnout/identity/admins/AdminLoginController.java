package app.turnout.identity.admins;

import app.turnout.identity.accounts.EmailAddress;
import app.turnout.identity.attempts.Attempts;
import app.turnout.identity.sessions.Device;
import app.turnout.identity.sessions.LogIn;
import app.turnout.identity.sessions.TellOfLock;
import app.turnout.identity.sessions.Tokens;
import app.turnout.identity.sessions.TokensResponse;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.Open;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;

@Controller("/api/v1/auth/admin/login")
class AdminLoginController {
  private final Attempts attempts;
  private final LogIn logIn;
  private final TellOfLock tellOfLock;
  private final AdminRepository admins;

  AdminLoginController(
      Attempts attempts, LogIn logIn, TellOfLock tellOfLock, AdminRepository admins) {
    this.attempts = attempts;
    this.logIn = logIn;
    this.tellOfLock = tellOfLock;
    this.admins = admins;
  }

  /// Logs in an administrator of the platform, and nobody else: others are answered as if the
  /// password were wrong. `auth/switch` then enters any organization.
  @Post
  @Open
  TokensResponse login(HttpRequest<?> request, @Body AdminLoginRequest body) {
    EmailAddress email = new EmailAddress(body.email());
    attempts.login(request, email, () -> tellOfLock.tell(email));
    return switch (logIn.logIn(email, body.password(), Device.of(request), admins::isAdmin)) {
      case LogIn.Outcome.LoggedIn(Tokens tokens) -> {
        attempts.loginSucceeded(email);
        yield TokensResponse.of(tokens);
      }
      case LogIn.Outcome.Refused() ->
          throw new ProblemException(
              ProblemType.INVALID_CREDENTIALS,
              "Wrong e-mail address or password, or the account is no administrator's");
    };
  }
}
