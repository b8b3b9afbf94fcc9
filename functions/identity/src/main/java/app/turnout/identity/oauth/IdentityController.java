package app.turnout.identity.oauth;

import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.SignedIn;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import java.util.UUID;

@Controller("/api/v1/users/identities")
class IdentityController {
  private final CurrentCaller caller;
  private final IdentityRepository identities;
  private final LinkIdentity linkIdentity;
  private final UnlinkIdentity unlinkIdentity;

  IdentityController(
      CurrentCaller caller,
      IdentityRepository identities,
      LinkIdentity linkIdentity,
      UnlinkIdentity unlinkIdentity) {
    this.caller = caller;
    this.identities = identities;
    this.linkIdentity = linkIdentity;
    this.unlinkIdentity = unlinkIdentity;
  }

  /// The logins at other services that open the caller's account, oldest first.
  @Get
  @SignedIn
  Page<IdentityResponse> list(PageRequest page) {
    return page.of(
        identities.list(caller.user(), page.afterId(), page.limit() + 1),
        Identity::id,
        IdentityResponse::of);
  }

  /// Links a login at another service to the caller's account, by the code of an attempt that was
  /// started with `purpose=link`. The account's owner hears of it by mail.
  @Post
  @Status(HttpStatus.CREATED)
  @SignedIn
  IdentityResponse link(@Body RedeemRequest request) {
    return switch (linkIdentity.link(caller.user(), request)) {
      case LinkIdentity.Outcome.Linked(Identity identity) -> IdentityResponse.of(identity);
      case LinkIdentity.Outcome.Refused() ->
          throw ProblemException.invalidField(
              "code", "valid", "is not a code for linking that is good with this verifier");
      case LinkIdentity.Outcome.Taken() ->
          throw ProblemException.alreadyExists("code", "this login opens another account already");
    };
  }

  /// Takes a login away. The last way in stays: set a password first, by `auth/forgot-password`.
  @Delete("/{identity_id}")
  @Status(HttpStatus.NO_CONTENT)
  @SignedIn
  void unlink(@PathVariable("identity_id") UUID identityId) {
    switch (unlinkIdentity.unlink(caller.user(), identityId)) {
      case UNLINKED -> {}
      case NOT_FOUND -> throw ProblemException.notFound("identity");
      case LAST_WAY_IN ->
          throw new ProblemException(
              ProblemType.LAST_LOGIN_METHOD, "Without it nobody could log in to this account");
    }
  }
}
