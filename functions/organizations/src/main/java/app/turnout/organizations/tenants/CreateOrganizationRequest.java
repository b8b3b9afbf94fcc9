package app.turnout.organizations.tenants;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// A tenant to be founded.
///
/// @param name 1 to 200 characters
/// @param settings no country, `en` and `UTC` when not given
@Serdeable
record CreateOrganizationRequest(
    @NotBlank @Size(max = 200) String name,
    OrganizationType type,
    @Nullable @Valid SettingsBody settings) {}
