package app.turnout.identity.admins;

import app.turnout.identity.accounts.EmailAddress;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.SuperAdminOnly;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;

@Controller("/api/v1/auth/admin/invitations")
class AdminInvitationController {
  private final CurrentCaller caller;
  private final InviteAdmin inviteAdmin;
  private final InvitationRepository invitations;
  private final InstantSource time;

  AdminInvitationController(
      CurrentCaller caller,
      InviteAdmin inviteAdmin,
      InvitationRepository invitations,
      InstantSource time) {
    this.caller = caller;
    this.inviteAdmin = inviteAdmin;
    this.invitations = invitations;
    this.time = time;
  }

  /// Invites somebody by mail to administer the platform. The token is good for a week; another
  /// invitation of the same address takes its place.
  @Post
  @Status(HttpStatus.CREATED)
  @SuperAdminOnly
  AdminInvitationResponse invite(@Body InviteAdminRequest request) {
    return inviteAdmin
        .invite(
            caller.user(),
            new EmailAddress(request.email()),
            Objects.requireNonNullElse(request.locale(), "en"))
        .map(AdminInvitationResponse::of)
        .orElseThrow(
            () ->
                ProblemException.alreadyExists(
                    "email", "the address is an administrator's already"));
  }

  /// The invitations that are open, oldest first.
  @Get
  @SuperAdminOnly
  Page<AdminInvitationResponse> list(PageRequest page) {
    return page.of(
        invitations.list(page.afterId(), page.limit() + 1, time.instant()),
        Invitation::id,
        AdminInvitationResponse::of);
  }

  /// Takes an invitation back: its token is refused from now on.
  @Delete("/{invitation_id}")
  @Status(HttpStatus.NO_CONTENT)
  @SuperAdminOnly
  void revoke(@PathVariable("invitation_id") UUID invitationId) {
    if (!inviteAdmin.revoke(invitationId)) {
      throw ProblemException.notFound("invitation");
    }
  }
}
