package app.turnout.organizations.members;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.organizations.tenants.EnterOrganization;
import app.turnout.platform.http.Cursor;
import app.turnout.platform.http.EntityTag;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.json.MergePatch;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import app.turnout.platform.security.SignedIn;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import java.time.Instant;
import java.util.UUID;

@Controller("/api/v1/organizations/{organization_id}")
class MemberController {
  private final CurrentCaller caller;
  private final EnterOrganization enterOrganization;
  private final ChangeRole changeRole;
  private final RemoveMember removeMember;
  private final MemberRepository members;

  MemberController(
      CurrentCaller caller,
      EnterOrganization enterOrganization,
      ChangeRole changeRole,
      RemoveMember removeMember,
      MemberRepository members) {
    this.caller = caller;
    this.enterOrganization = enterOrganization;
    this.changeRole = changeRole;
    this.removeMember = removeMember;
    this.members = members;
  }

  /// The members, in the order in which they came.
  @Get("/members")
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  Page<MemberResponse> list(
      @PathVariable("organization_id") UUID organizationId, PageRequest page) {
    OrganizationId organization = new OrganizationId(organizationId);
    caller.mustActIn(organization);
    return page.by(
        members.list(organization, page.after(Instant.class, UUID.class), page.limit() + 1),
        member -> Cursor.of(member.since(), member.user().value()),
        MemberResponse::of);
  }

  /// One member.
  @Get("/members/{user_id}")
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  HttpResponse<MemberResponse> get(
      @PathVariable("organization_id") UUID organizationId, @PathVariable("user_id") UUID userId) {
    OrganizationId organization = new OrganizationId(organizationId);
    caller.mustActIn(organization);
    return members
        .find(organization, new UserId(userId))
        .map(MemberController::answer)
        .orElseThrow(() -> ProblemException.notFound("member"));
  }

  /// Gives a member another role. Nobody gives more than they have, and only owners touch owners;
  /// the last owner stays one.
  @Patch("/members/{user_id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  HttpResponse<MemberResponse> changeRole(
      @PathVariable("organization_id") UUID organizationId,
      @PathVariable("user_id") UUID userId,
      ExpectedVersion expected,
      @Body ChangeRoleRequest request) {
    caller.mustActIn(new OrganizationId(organizationId));
    return switch (changeRole.change(
        caller.member(), new UserId(userId), request.role(), expected)) {
      case ChangeRole.Outcome.Changed(Member member) -> answer(member);
      case ChangeRole.Outcome.NoSuchMember() -> throw ProblemException.notFound("member");
      case ChangeRole.Outcome.NotAllowed() -> throw notAllowed();
      case ChangeRole.Outcome.LastOwner() -> throw lastOwner();
    };
  }

  /// Removes a member, who is out at once. Only owners remove owners, and never the last one.
  @Delete("/members/{user_id}")
  @Status(HttpStatus.NO_CONTENT)
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  void remove(
      @PathVariable("organization_id") UUID organizationId, @PathVariable("user_id") UUID userId) {
    caller.mustActIn(new OrganizationId(organizationId));
    check(removeMember.remove(caller.member(), new UserId(userId)), "member");
  }

  /// Leaves an organization that the caller is a member of. The last owner cannot.
  @Post("/leave")
  @Status(HttpStatus.NO_CONTENT)
  @SignedIn
  void leave(@PathVariable("organization_id") UUID organizationId) {
    Caller.Member member =
        enterOrganization.enter(caller.account(), new OrganizationId(organizationId));
    check(removeMember.leave(member), "organization");
  }

  private static void check(RemoveMember.Outcome outcome, String missing) {
    switch (outcome) {
      case RemoveMember.Outcome.Removed() -> {}
      case RemoveMember.Outcome.NoSuchMember() -> throw ProblemException.notFound(missing);
      case RemoveMember.Outcome.NotAllowed() -> throw notAllowed();
      case RemoveMember.Outcome.LastOwner() -> throw lastOwner();
    }
  }

  private static HttpResponse<MemberResponse> answer(Member member) {
    return HttpResponse.ok(MemberResponse.of(member))
        .header(HttpHeaders.ETAG, EntityTag.of(member.version()));
  }

  private static ProblemException notAllowed() {
    return new ProblemException(
        ProblemType.ABOVE_OWN_ROLE,
        "Only owners make or change owners, and nobody gives a role above their own");
  }

  private static ProblemException lastOwner() {
    return new ProblemException(
        ProblemType.LAST_OWNER, "Make another member an owner first; this is the last one");
  }
}
