package app.turnout.organizations;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// A tenant to be founded.
///
/// @param name 1 to 200 characters
@Serdeable
record CreateOrganizationRequest(@NotBlank @Size(max = 200) String name, OrganizationType type) {}
