package app.turnout.organizations;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.security.Role;
import java.time.Instant;

/// A tenant, as one of its members sees it.
///
/// @param role of the member who looks
record Organization(
    OrganizationId id,
    String name,
    OrganizationType type,
    Plan plan,
    Role role,
    Instant createdAt,
    long version) {}
