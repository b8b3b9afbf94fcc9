package app.turnout.organizations.tenants;

import app.turnout.platform.plans.Plan;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An organization as the caller sees it; `role` is the caller's.
///
/// @param planValidUntil from then on it has the limits of `free`; null for no end
@Serdeable
record OrganizationResponse(
    UUID id,
    String name,
    OrganizationType type,
    SettingsBody settings,
    Plan plan,
    @Nullable OffsetDateTime planValidUntil,
    String role,
    OffsetDateTime createdAt) {
  static OrganizationResponse of(Organization organization) {
    Instant until = organization.subscription().validUntil();
    return new OrganizationResponse(
        organization.id().value(),
        organization.name(),
        organization.type(),
        SettingsBody.of(organization.settings()),
        organization.subscription().plan(),
        until == null ? null : until.atOffset(ZoneOffset.UTC),
        organization.role().wire(),
        organization.createdAt().atOffset(ZoneOffset.UTC));
  }
}
