package app.turnout.participants.erasure;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// Who is meant: everybody of the organization's who has this e-mail address, or this phone. At
/// least one is needed.
///
/// @param email whatever its case
/// @param phone with the country's code; without it when the organization's country is set
@Serdeable
record PersonRequest(
    @Nullable @Email @Size(max = 254) String email,
    @Nullable @Size(max = 50) @Schema(example = "+353871234567") String phone) {}
