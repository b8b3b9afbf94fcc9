package app.turnout.identity.oauth;

import app.turnout.identity.attempts.Attempts;
import app.turnout.identity.oauth.providers.IdentityProvider;
import app.turnout.identity.oauth.providers.Provider;
import app.turnout.identity.oauth.providers.Providers;
import app.turnout.identity.sessions.Device;
import app.turnout.identity.sessions.TokensResponse;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.Open;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.http.cookie.Cookie;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/auth/oauth")
class OAuthController {
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern LOCALE = Pattern.compile("en|pt|id|ru");

  private final Attempts attempts;
  private final Providers providers;
  private final RedirectUris redirectUris;
  private final StartAttempt startAttempt;
  private final FinishAttempt finishAttempt;
  private final RedeemLogin redeemLogin;
  private final ConfirmIdentity confirmIdentity;

  OAuthController(
      Attempts attempts,
      Providers providers,
      RedirectUris redirectUris,
      StartAttempt startAttempt,
      FinishAttempt finishAttempt,
      RedeemLogin redeemLogin,
      ConfirmIdentity confirmIdentity) {
    this.attempts = attempts;
    this.providers = providers;
    this.redirectUris = redirectUris;
    this.startAttempt = startAttempt;
    this.finishAttempt = finishAttempt;
    this.redeemLogin = redeemLogin;
    this.confirmIdentity = confirmIdentity;
  }

  /// Sends the browser to a provider, to log in there. It comes back to `redirect_uri`, within ten
  /// minutes, with `code` in the fragment, or with `error`: `access_denied`, `attempt_expired`,
  /// `temporarily_unavailable`, `login_failed`, `email_not_verified`, `confirmation_mailed`,
  /// `account_deactivated` or `too_many_attempts`.
  ///
  /// @param provider `google` or `github`
  /// @param redirectUri one that is configured, character by character
  /// @param codeChallenge S256 of a verifier that the app made and keeps (RFC 7636)
  /// @param purpose `login`, which is the default, or `link`
  /// @param locale of an account that is made: `en`, `pt`, `id` or `ru`; `en` when not given
  @Get("/{provider}/start")
  @Open
  @ApiResponse(responseCode = "302", description = "To the provider, or back with an error.")
  HttpResponse<Void> start(
      HttpRequest<?> request,
      @PathVariable String provider,
      @QueryValue("redirect_uri") String redirectUri,
      @QueryValue("code_challenge") String codeChallenge,
      @QueryValue @Nullable String purpose,
      @QueryValue @Nullable String locale) {
    IdentityProvider asked = provider(provider);
    StartAttempt.Wish wish =
        new StartAttempt.Wish(
            purpose(purpose),
            redirectUri(redirectUri),
            parameter("code_challenge", CHALLENGE, codeChallenge),
            parameter("locale", LOCALE, Objects.requireNonNullElse(locale, "en")));
    attempts.oauth(request);
    return switch (startAttempt.start(asked, wish)) {
      case StartAttempt.Outcome.Started(URI location, BrowserCookie cookie) ->
          redirect(location).header(HttpHeaders.SET_COOKIE, cookie.header());
      case StartAttempt.Outcome.ProviderUnavailable() ->
          redirect(told(wish.redirectUri(), Tidings.TEMPORARILY_UNAVAILABLE));
    };
  }

  /// Where a provider sends the browser back to. It goes on to the page that the attempt named.
  ///
  /// @param provider `google` or `github`
  /// @param state from the attempt
  /// @param code from the provider
  /// @param error from the provider
  @Get("/{provider}/callback")
  @Open
  @ApiResponse(responseCode = "302", description = "To the app, with a code or an error.")
  HttpResponse<Void> callback(
      HttpRequest<?> request,
      @PathVariable String provider,
      @QueryValue @Nullable String state,
      @QueryValue @Nullable String code,
      @QueryValue @Nullable String error) {
    IdentityProvider asked = provider(provider);
    attempts.oauth(request);
    FinishAttempt.Outcome outcome =
        finishAttempt.finish(
            asked,
            new FinishAttempt.Return(state, code, error),
            name -> request.getCookies().findCookie(name).map(Cookie::getValue));
    return switch (outcome) {
      case FinishAttempt.Outcome.Code(Attempt attempt, String own) ->
          redirect(URI.create(attempt.redirectUri() + "#code=" + own))
              .header(HttpHeaders.SET_COOKIE, BrowserCookie.removed(attempt.id()).header());
      case FinishAttempt.Outcome.Told(Attempt attempt, Tidings tidings) ->
          redirect(told(attempt.redirectUri(), tidings))
              .header(HttpHeaders.SET_COOKIE, BrowserCookie.removed(attempt.id()).header());
      case FinishAttempt.Outcome.Unknown() ->
          throw ProblemException.invalidParameter(
              "state", "valid", "is not of an attempt that was started here");
    };
  }

  /// Exchanges the code that the browser came back with for tokens. It is good for a minute, once,
  /// for the app that has the verifier.
  @Post("/token")
  @Open
  TokensResponse token(HttpRequest<?> request, @Body RedeemRequest body) {
    attempts.oauth(request);
    return redeemLogin
        .redeem(body, Device.of(request))
        .map(TokensResponse::of)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.INVALID_TOKEN, "The code is not valid; begin again"));
  }

  /// Links a login at another service to an account, by the token that was mailed to its owner.
  /// Whoever logs in there then is let in here.
  @Post("/confirm")
  @Open
  @Status(HttpStatus.NO_CONTENT)
  void confirm(HttpRequest<?> request, @Body ConfirmIdentityRequest body) {
    attempts.oauth(request);
    switch (confirmIdentity.confirm(body.token().strip())) {
      case CONFIRMED -> {}
      case REFUSED ->
          throw new ProblemException(
              ProblemType.INVALID_TOKEN, "The token is not valid; log in there again for another");
    }
  }

  private IdentityProvider provider(String name) {
    return Provider.find(name)
        .flatMap(providers::find)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.PROVIDER_NOT_CONFIGURED, "There is no login by this provider"));
  }

  private static Attempt.Purpose purpose(@Nullable String given) {
    return switch (given) {
      case "login" -> Attempt.Purpose.LOGIN;
      case "link" -> Attempt.Purpose.LINK;
      case null -> Attempt.Purpose.LOGIN;
      default ->
          throw ProblemException.invalidParameter("purpose", "enum", "must be login or link");
    };
  }

  private String redirectUri(String given) {
    if (!redirectUris.allows(given)) {
      throw ProblemException.invalidParameter(
          "redirect_uri", "allowed", "must be one that is configured");
    }
    return given;
  }

  private static String parameter(String name, Pattern form, String given) {
    if (!form.matcher(given).matches()) {
      throw ProblemException.invalidParameter(name, "pattern", "must match " + form);
    }
    return given;
  }

  private static URI told(String redirectUri, Tidings tidings) {
    return URI.create(redirectUri + "#error=" + tidings.wire());
  }

  /// Neither kept nor told to where it leads.
  private static MutableHttpResponse<Void> redirect(URI location) {
    return HttpResponse.<Void>status(HttpStatus.FOUND)
        .header(HttpHeaders.LOCATION, location.toString())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("Referrer-Policy", "no-referrer");
  }
}
