package app.turnout.organizations.tenants;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.http.EntityTag;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.json.MergePatch;
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
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import java.net.URI;
import java.util.UUID;
import java.util.function.UnaryOperator;

@Controller("/api/v1/organizations")
class OrganizationController {
  private final CurrentCaller caller;
  private final EnterOrganization enterOrganization;
  private final FoundOrganization foundOrganization;
  private final UpdateOrganization updateOrganization;
  private final OrganizationRepository organizations;

  OrganizationController(
      CurrentCaller caller,
      EnterOrganization enterOrganization,
      FoundOrganization foundOrganization,
      UpdateOrganization updateOrganization,
      OrganizationRepository organizations) {
    this.caller = caller;
    this.enterOrganization = enterOrganization;
    this.foundOrganization = foundOrganization;
    this.updateOrganization = updateOrganization;
    this.organizations = organizations;
  }

  /// Founds an organization on the free plan. The caller becomes its owner; to act in it, switch to
  /// it.
  @Post
  @Status(HttpStatus.CREATED)
  @SignedIn
  HttpResponse<OrganizationResponse> create(@Body CreateOrganizationRequest request) {
    Organization organization =
        foundOrganization.found(
            caller.user(),
            request.name().strip(),
            request.type(),
            request.settings() == null
                ? OrganizationSettings.FIRST
                : request.settings().toSettings());
    return HttpResponse.created(
            OrganizationResponse.of(organization),
            URI.create("/api/v1/organizations/" + organization.id()))
        .header(HttpHeaders.ETAG, EntityTag.of(organization.version()));
  }

  /// The organizations that the caller is a member of, oldest first.
  @Get
  @SignedIn
  Page<OrganizationResponse> list(PageRequest page) {
    return page.of(
        organizations.list(caller.user(), page.afterId(), page.limit() + 1),
        organization -> organization.id().value(),
        OrganizationResponse::of);
  }

  /// One organization that the caller is a member of.
  @Get("/{organization_id}")
  @SignedIn
  HttpResponse<OrganizationResponse> get(@PathVariable("organization_id") UUID organizationId) {
    Caller.Member member =
        enterOrganization.enter(caller.account(), new OrganizationId(organizationId));
    return answer(organizations.get(member.organization(), member.role()));
  }

  /// Replaces the name, type and settings of the organization that the caller acts in.
  @Put("/{organization_id}")
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  HttpResponse<OrganizationResponse> replace(
      @PathVariable("organization_id") UUID organizationId,
      ExpectedVersion expected,
      @Body UpdateOrganizationRequest request) {
    return update(organizationId, expected, present -> request);
  }

  /// Changes some of the name, type and settings of the organization that the caller acts in.
  @Patch("/{organization_id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RequiresPermission(Permission.ORGANIZATION_MANAGE)
  HttpResponse<OrganizationResponse> change(
      @PathVariable("organization_id") UUID organizationId,
      ExpectedVersion expected,
      @Body MergePatch<UpdateOrganizationRequest> patch) {
    return update(organizationId, expected, patch::appliedTo);
  }

  private HttpResponse<OrganizationResponse> update(
      UUID organizationId,
      ExpectedVersion expected,
      UnaryOperator<UpdateOrganizationRequest> change) {
    caller.mustActIn(new OrganizationId(organizationId));
    return answer(updateOrganization.update(caller.member(), expected, change));
  }

  private static HttpResponse<OrganizationResponse> answer(Organization organization) {
    return HttpResponse.ok(OrganizationResponse.of(organization))
        .header(HttpHeaders.ETAG, EntityTag.of(organization.version()));
  }
}
