package app.turnout.identity.admins;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// Who is invited.
///
/// @param email in ASCII; space around it is dropped
/// @param locale of the mail: `en`, `pt`, `id` or `ru`; `en` when not given
@Serdeable
record InviteAdminRequest(
    @Email @Size(max = 254) @Pattern(regexp = "[!-~]+") String email,
    @Nullable @Pattern(regexp = "en|pt|id|ru") String locale) {
  InviteAdminRequest {
    email = email.strip();
  }
}
