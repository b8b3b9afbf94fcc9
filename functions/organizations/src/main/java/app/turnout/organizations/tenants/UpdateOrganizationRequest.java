package app.turnout.organizations.tenants;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// What an organization is to be.
///
/// @param name 1 to 200 characters
@Serdeable
record UpdateOrganizationRequest(
    @NotBlank @Size(max = 200) String name, OrganizationType type, @Valid SettingsBody settings) {
  static UpdateOrganizationRequest of(Organization organization) {
    return new UpdateOrganizationRequest(
        organization.name(), organization.type(), SettingsBody.of(organization.settings()));
  }
}
