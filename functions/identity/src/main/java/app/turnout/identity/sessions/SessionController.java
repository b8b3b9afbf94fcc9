package app.turnout.identity.sessions;

import app.turnout.domain.OrganizationId;
import app.turnout.identity.accounts.EmailAddress;
import app.turnout.identity.attempts.Attempts;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.AccessTokens;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Open;
import app.turnout.platform.security.SignedIn;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/auth")
class SessionController {
  private final Attempts attempts;
  private final CurrentCaller caller;
  private final AccessTokens accessTokens;
  private final LogIn logIn;
  private final TellOfLock tellOfLock;
  private final RefreshSession refreshSession;
  private final SwitchOrganization switchOrganization;
  private final LogOut logOut;

  SessionController(
      Attempts attempts,
      CurrentCaller caller,
      AccessTokens accessTokens,
      LogIn logIn,
      TellOfLock tellOfLock,
      RefreshSession refreshSession,
      SwitchOrganization switchOrganization,
      LogOut logOut) {
    this.attempts = attempts;
    this.caller = caller;
    this.accessTokens = accessTokens;
    this.logIn = logIn;
    this.tellOfLock = tellOfLock;
    this.refreshSession = refreshSession;
    this.switchOrganization = switchOrganization;
    this.logOut = logOut;
  }

  /// Logs in with a verified address. The access token acts in the organization that the user has
  /// belonged to the longest. After too many attempts that failed, the account's logins are refused
  /// for a while, and its owner is told by mail.
  @Post("/login")
  @Open
  TokensResponse login(HttpRequest<?> request, @Body LoginRequest body) {
    EmailAddress email = new EmailAddress(body.email());
    attempts.login(request, email, () -> tellOfLock.tell(email));
    return switch (logIn.logIn(email, body.password(), Device.of(request))) {
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
    return switch (refreshSession.refresh(body.refreshToken(), Device.of(request))) {
      case RefreshSession.Outcome.Refreshed(Tokens tokens) -> TokensResponse.of(tokens);
      case RefreshSession.Outcome.Refused() ->
          throw new ProblemException(
              ProblemType.INVALID_TOKEN, "The refresh token is not valid; log in again");
    };
  }

  /// Ends the session of the access token in `Authorization` or of the refresh token in the body,
  /// whichever is there, or with `all` every session of the account. Their tokens, of either kind,
  /// are refused from now on. Logging out twice does no harm.
  @Post("/logout")
  @Open
  @Status(HttpStatus.NO_CONTENT)
  void logout(HttpRequest<?> request, @Body @Nullable LogoutRequest body) {
    attempts.logout(request);
    String refreshToken = body == null ? null : body.refreshToken();
    boolean all = body != null && Boolean.TRUE.equals(body.all());
    Optional<Caller.User> holder =
        request.getHeaders().getAuthorization().flatMap(accessTokens::holder);
    LogOut.Outcome outcome =
        refreshToken != null
            ? logOut.byRefreshToken(refreshToken, all)
            : holder.map(user -> logOut.byAccessToken(user, all)).orElse(LogOut.Outcome.REFUSED);
    switch (outcome) {
      case LOGGED_OUT -> {}
      case REFUSED ->
          throw new ProblemException(
              ProblemType.UNAUTHENTICATED,
              "A valid access token in Authorization, or a refresh token in the body, is needed");
    }
  }

  /// Acts in another organization that the caller is a member of, or as an administrator of the
  /// platform in any, now and after each refresh.
  @Post("/switch")
  @SignedIn
  AccessTokenResponse switchOrganization(@Body SwitchRequest body) {
    Caller.User user = caller.signedIn();
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
