package app.turnout.organizations;

import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/// An organization as the caller sees it; `role` is the caller's.
@Serdeable
record OrganizationResponse(
    UUID id, String name, OrganizationType type, Plan plan, String role, OffsetDateTime createdAt) {
  static OrganizationResponse of(Organization organization) {
    return new OrganizationResponse(
        organization.id().value(),
        organization.name(),
        organization.type(),
        organization.plan(),
        organization.role().wire(),
        organization.createdAt().atOffset(ZoneOffset.UTC));
  }
}
