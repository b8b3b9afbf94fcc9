package app.turnout.organizations.invitations;

import app.turnout.organizations.members.MemberRole;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// Somebody to be asked in.
///
/// @param email in ASCII; space around it is dropped. Only an account that has verified this very
///   address can accept
/// @param locale language of the mail: `en`, `pt`, `id` or `ru`; the organization's when not given,
///   and their own when they have an account
@Serdeable
record InviteRequest(
    @Email @Size(max = 254) @Pattern(regexp = "[!-~]+") String email,
    MemberRole role,
    @Nullable @Pattern(regexp = "en|pt|id|ru") String locale) {
  InviteRequest {
    email = email.strip();
  }
}
