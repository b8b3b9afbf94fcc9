package app.turnout.identity.internal;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.AccessTokenClaims;
import app.turnout.platform.security.AccessTokens;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import java.util.UUID;

@Controller("/internal")
class InternalController {
  private final CurrentCaller caller;
  private final AccessTokens accessTokens;
  private final ColleagueRepository colleagues;

  InternalController(
      CurrentCaller caller, AccessTokens accessTokens, ColleagueRepository colleagues) {
    this.caller = caller;
    this.accessTokens = accessTokens;
    this.colleagues = colleagues;
  }

  /// Tells another service whether an access token is good at this moment (RFC 7662), of people who
  /// are members of the key's organization; any other token is not active.
  @Post("/auth/verify")
  @RequiresPermission(Permission.ORGANIZATION_READ)
  VerifiedTokenResponse verify(@Body VerifyTokenRequest request) {
    OrganizationId organization = caller.organization();
    return accessTokens
        .claims(request.token().strip())
        .filter(token -> colleagues.isOpen(token.session()))
        .flatMap(
            token ->
                colleagues
                    .find(organization, token.user())
                    .map(user -> answer(token, user, organization)))
        .orElse(VerifiedTokenResponse.INACTIVE);
  }

  /// Where else they act is no business of this organization's.
  private static VerifiedTokenResponse answer(
      AccessTokenClaims token, Colleague user, OrganizationId organization) {
    return VerifiedTokenResponse.of(
        token, user, organization.equals(token.organization()) ? organization.value() : null);
  }

  /// Who a user is, of people who are members of the key's organization.
  @Get("/users/{user_id}")
  @RequiresPermission(Permission.ORGANIZATION_READ)
  ColleagueResponse get(@PathVariable("user_id") UUID userId) {
    return colleagues
        .find(caller.organization(), new UserId(userId))
        .map(ColleagueResponse::of)
        .orElseThrow(() -> ProblemException.notFound("user"));
  }
}
