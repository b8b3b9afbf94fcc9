package app.turnout.identity.profile;

import app.turnout.domain.UserId;
import app.turnout.identity.attempts.Attempts;
import app.turnout.platform.http.EntityTag;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.SignedIn;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;

@Controller("/api/v1/users/profile")
class ProfileController {
  private final Attempts attempts;
  private final CurrentCaller caller;
  private final ProfileRepository profiles;
  private final ReplaceProfile replaceProfile;

  ProfileController(
      Attempts attempts,
      CurrentCaller caller,
      ProfileRepository profiles,
      ReplaceProfile replaceProfile) {
    this.attempts = attempts;
    this.caller = caller;
    this.profiles = profiles;
    this.replaceProfile = replaceProfile;
  }

  /// The caller's own account.
  @Get
  @SignedIn
  HttpResponse<ProfileResponse> get(HttpRequest<?> request) {
    UserId user = caller.user();
    attempts.account(request, user);
    return answer(profiles.get(user));
  }

  /// Sets name, language and phone number of the caller's account. `If-Match` has the `ETag` of
  /// what was read before.
  @Put
  @SignedIn
  HttpResponse<ProfileResponse> replace(
      HttpRequest<?> request, ExpectedVersion expected, @Body ProfileRequest body) {
    UserId user = caller.user();
    attempts.account(request, user);
    return answer(replaceProfile.replace(user, expected, body));
  }

  private static HttpResponse<ProfileResponse> answer(Profile profile) {
    return HttpResponse.ok(ProfileResponse.of(profile))
        .header(HttpHeaders.ETAG, EntityTag.of(profile.version()));
  }
}
