package app.turnout.identity.oauth;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// @param token from the mail
@Serdeable
record ConfirmIdentityRequest(@NotBlank @Size(max = 200) String token) {}
