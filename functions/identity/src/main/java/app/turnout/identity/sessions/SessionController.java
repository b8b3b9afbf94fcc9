package app.turnout.identity.sessions;

import app.turnout.domain.OrganizationId;
import app.turnout.identity.accounts.EmailAddress;
import app.turnout.identity.attempts.Attempts;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Open;
import app.turnout.platform.security.SignedIn;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;

@Controller("/api/v1/auth")
class SessionController {
  private final Attempts attempts;
  private final CurrentCaller caller;
  private final LogIn logIn;
  private final RefreshSession refreshSession;
  private final SwitchOrganization switchOrganization;

  SessionController(
      Attempts attempts,
      CurrentCaller caller,
      LogIn logIn,
      RefreshSession refreshSession,
      SwitchOrganization switchOrganization) {
    this.attempts = attempts;
    this.caller = caller;
    this.logIn = logIn;
    this.refreshSession = refreshSession;
    this.switchOrganization = switchOrganization;
  }

  /// Logs in with a verified address. The access token acts in the organization that the user has
  /// belonged to the longest.
  @Post("/login")
  @Open
  TokensResponse login(HttpRequest<?> request, @Body LoginRequest body) {
    EmailAddress email = new EmailAddress(body.email());
    attempts.login(request, email);
    return switch (logIn.logIn(email, body.password())) {
      case LogIn.Outcome.LoggedIn(Tokens tokens) -> {
        attempts.loginSucceeded(email);
        yield TokensResponse.of(tokens);
      }
      case LogIn.Outcome.Refused() ->
          throw new ProblemException(
              ProblemType.INVALID_CREDENTIALS,
              "Wrong e-mail address or password, or the address is not verified yet");
    };
  }

  /// Exchanges a refresh token for new tokens. Each is good once, and again within ten seconds;
  /// used later, it ends the session.
  @Post("/refresh")
  @Open
  TokensResponse refresh(HttpRequest<?> request, @Body RefreshRequest body) {
    attempts.refresh(request);
    return switch (refreshSession.refresh(body.refreshToken())) {
      case RefreshSession.Outcome.Refreshed(Tokens tokens) -> TokensResponse.of(tokens);
      case RefreshSession.Outcome.Refused() ->
          throw new ProblemException(
              ProblemType.INVALID_TOKEN, "The refresh token is not valid; log in again");
    };
  }

  /// Acts in another organization that the caller is a member of, now and after each refresh.
  @Post("/switch")
  @SignedIn
  AccessTokenResponse switchOrganization(@Body SwitchRequest body) {
    if (!(caller.get() instanceof Caller.User user)) {
      throw new IllegalStateException("Only who is signed in gets here");
    }
    return switch (switchOrganization.switchTo(user, new OrganizationId(body.organizationId()))) {
      case SwitchOrganization.Outcome.Switched(AccessToken token) -> AccessTokenResponse.of(token);
      case SwitchOrganization.Outcome.NotAMember() ->
          throw ProblemException.notFound("organization");
      case SwitchOrganization.Outcome.SessionEnded() ->
          throw new ProblemException(
              ProblemType.UNAUTHENTICATED, "The session has ended; log in again");
    };
  }
}
