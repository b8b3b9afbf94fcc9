package app.turnout.organizations.tenants;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.plans.Subscription;
import app.turnout.platform.security.Role;
import java.time.Instant;

/// A tenant, as one of its members sees it.
///
/// @param role of the member who looks
public record Organization(
    OrganizationId id,
    String name,
    OrganizationType type,
    OrganizationSettings settings,
    Subscription subscription,
    Role role,
    Instant createdAt,
    long version) {
  Organization with(String otherName, OrganizationType otherType, OrganizationSettings others) {
    return new Organization(
        id, otherName, otherType, others, subscription, role, createdAt, version);
  }

  public Organization with(Subscription other) {
    return new Organization(id, name, type, settings, other, role, createdAt, version);
  }
}
