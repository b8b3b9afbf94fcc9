package app.turnout.organizations.invitations;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

@Controller("/api/v1/organizations/{organization_id}/invitations")
class InvitationController {
  private final CurrentCaller caller;
  private final InvitePerson invitePerson;
  private final InvitationRepository invitations;
  private final InstantSource time;

  InvitationController(
      CurrentCaller caller,
      InvitePerson invitePerson,
      InvitationRepository invitations,
      InstantSource time) {
    this.caller = caller;
    this.invitePerson = invitePerson;
    this.invitations = invitations;
    this.time = time;
  }

  /// Asks somebody in by mail, whether they have an account or not. The invitation is good for
  /// seven days, for the account that has verified that address. Nobody gives a role above their
  /// own.
  @Post
  @Status(HttpStatus.CREATED)
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  HttpResponse<InvitationResponse> invite(
      @PathVariable("organization_id") UUID organizationId, @Body InviteRequest request) {
    caller.mustActIn(new OrganizationId(organizationId));
    InvitationResponse response = invited(invitePerson.invite(caller.member(), request));
    return HttpResponse.created(
        response,
        URI.create("/api/v1/organizations/" + organizationId + "/invitations/" + response.id()));
  }

  /// The invitations that nothing came of yet, oldest first.
  @Get
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  Page<InvitationResponse> list(
      @PathVariable("organization_id") UUID organizationId, PageRequest page) {
    OrganizationId organization = new OrganizationId(organizationId);
    caller.mustActIn(organization);
    Instant now = time.instant();
    return page.of(
        invitations.list(organization, page.afterId(), page.limit() + 1),
        Invitation::id,
        invitation -> InvitationResponse.of(invitation, now));
  }

  /// One invitation that nothing came of yet.
  @Get("/{invitation_id}")
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  InvitationResponse get(
      @PathVariable("organization_id") UUID organizationId,
      @PathVariable("invitation_id") UUID invitationId) {
    OrganizationId organization = new OrganizationId(organizationId);
    caller.mustActIn(organization);
    return invitations
        .find(organization, invitationId)
        .filter(invitation -> invitation.ended() == null)
        .map(invitation -> InvitationResponse.of(invitation, time.instant()))
        .orElseThrow(() -> ProblemException.notFound("invitation"));
  }

  /// Sends the mail again, and the invitation is good for seven days from now.
  @Post("/{invitation_id}/resend")
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  InvitationResponse resend(
      @PathVariable("organization_id") UUID organizationId,
      @PathVariable("invitation_id") UUID invitationId) {
    caller.mustActIn(new OrganizationId(organizationId));
    return invited(invitePerson.resend(caller.member(), invitationId));
  }

  /// Takes an invitation back; its token is good for nothing any more.
  @Delete("/{invitation_id}")
  @Status(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  void revoke(
      @PathVariable("organization_id") UUID organizationId,
      @PathVariable("invitation_id") UUID invitationId) {
    caller.mustActIn(new OrganizationId(organizationId));
    InvitePerson.Outcome outcome = invitePerson.revoke(caller.member(), invitationId);
    if (!(outcome instanceof InvitePerson.Outcome.Revoked)) {
      invited(outcome);
    }
  }

  private InvitationResponse invited(InvitePerson.Outcome outcome) {
    return switch (outcome) {
      case InvitePerson.Outcome.Invited(Invitation invitation) ->
          InvitationResponse.of(invitation, time.instant());
      case InvitePerson.Outcome.Revoked() -> throw ProblemException.notFound("invitation");
      case InvitePerson.Outcome.NoSuchInvitation() -> throw ProblemException.notFound("invitation");
      case InvitePerson.Outcome.NotAllowed() ->
          throw new ProblemException(
              ProblemType.ABOVE_OWN_ROLE, "Nobody gives, or takes back, a role above their own");
      case InvitePerson.Outcome.MemberAlready() ->
          throw ProblemException.alreadyExists("email", "somebody with that address is a member");
      case InvitePerson.Outcome.InvitedAlready() ->
          throw ProblemException.alreadyExists(
              "email", "the address has an open invitation; send it again, or revoke it");
    };
  }
}
