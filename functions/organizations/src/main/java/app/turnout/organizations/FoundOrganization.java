package app.turnout.organizations;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.security.Role;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/// Makes a new tenant, on the free plan, owned by who founds it.
@Singleton
final class FoundOrganization {
  private final OrganizationRepository organizations;
  private final Ids ids;
  private final InstantSource time;

  FoundOrganization(OrganizationRepository organizations, Ids ids, InstantSource time) {
    this.organizations = organizations;
    this.ids = ids;
    this.time = time;
  }

  Organization found(UserId founder, String name, OrganizationType type) {
    Organization organization =
        new Organization(
            new OrganizationId(ids.next()),
            name,
            type,
            Plan.FREE,
            Role.ORG_OWNER,
            time.instant(),
            1);
    organizations.found(organization, founder);
    return organization;
  }
}
