package app.turnout.organizations.tenants;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.plans.Plan;
import app.turnout.platform.plans.Subscription;
import app.turnout.platform.security.Role;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/// Makes a new tenant, on the free plan, owned by who founds it.
@Singleton
final class FoundOrganization {
  private final OrganizationRepository organizations;
  private final AuditLog auditLog;
  private final Ids ids;
  private final InstantSource time;

  FoundOrganization(
      OrganizationRepository organizations, AuditLog auditLog, Ids ids, InstantSource time) {
    this.organizations = organizations;
    this.auditLog = auditLog;
    this.ids = ids;
    this.time = time;
  }

  Organization found(
      UserId founder, String name, OrganizationType type, OrganizationSettings settings) {
    Organization organization =
        new Organization(
            new OrganizationId(ids.next()),
            name,
            type,
            settings,
            new Subscription(Plan.FREE, null),
            Role.ORG_OWNER,
            time.instant(),
            1);
    organizations.found(organization, founder);
    auditLog.record(
        new AuditEntry(
            organization.id(),
            "organization.founded",
            "organization",
            organization.id().value(),
            null,
            UpdateOrganizationRequest.of(organization)));
    return organization;
  }
}
