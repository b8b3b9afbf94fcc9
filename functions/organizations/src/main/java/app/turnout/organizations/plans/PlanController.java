package app.turnout.organizations.plans;

import app.turnout.domain.OrganizationId;
import app.turnout.organizations.tenants.Organization;
import app.turnout.platform.http.EntityTag;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.plans.PlanAllowance;
import app.turnout.platform.plans.Subscription;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Put;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/organizations/{organization_id}/plan")
class PlanController {
  private final CurrentCaller caller;
  private final ChangePlan changePlan;
  private final PlanAllowance allowance;
  private final InstantSource time;

  PlanController(
      CurrentCaller caller, ChangePlan changePlan, PlanAllowance allowance, InstantSource time) {
    this.caller = caller;
    this.changePlan = changePlan;
    this.allowance = allowance;
    this.time = time;
  }

  /// The plan of the organization that the caller acts in: what it allows, and what is used of it.
  @Get
  @RequiresPermission(Permission.ORGANIZATION_READ)
  PlanResponse get(@PathVariable("organization_id") UUID organizationId) {
    OrganizationId organization = new OrganizationId(organizationId);
    caller.mustActIn(organization);
    return response(organization, allowance.subscription(organization));
  }

  /// Changes the plan. An owner may go down; only administrators of the platform raise it, or set
  /// how long it is valid. `If-Match` is of the organization: its GET has the ETag.
  @Put
  @RequiresPermission(Permission.ORGANIZATION_OWN)
  HttpResponse<PlanResponse> change(
      @PathVariable("organization_id") UUID organizationId,
      ExpectedVersion expected,
      @Body ChangePlanRequest request) {
    caller.mustActIn(new OrganizationId(organizationId));
    @Nullable OffsetDateTime until = request.validUntil();
    Organization changed =
        changePlan.change(
            caller.member(),
            expected,
            new Subscription(request.plan(), until == null ? null : until.toInstant()));
    return HttpResponse.ok(response(changed.id(), changed.subscription()))
        .header(HttpHeaders.ETAG, EntityTag.of(changed.version()));
  }

  private PlanResponse response(OrganizationId organization, Subscription subscription) {
    Instant now = time.instant();
    return PlanResponse.of(
        subscription,
        allowance.limits(subscription, now),
        allowance.countEvents(organization, now));
  }
}
