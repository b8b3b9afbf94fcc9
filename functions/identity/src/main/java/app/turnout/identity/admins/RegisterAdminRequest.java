package app.turnout.identity.admins;

import app.turnout.identity.passwords.PasswordRules;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// Somebody who is to administer the platform.
///
/// @param token of the invitation, or the deployment's setup secret
/// @param email that was invited; with the setup secret, of a verified account
/// @param password of the account with this address, or for the one that is made
/// @param name of an account that is made
/// @param locale of an account that is made: `en`, `pt`, `id` or `ru`; `en` when not given
@Serdeable
record RegisterAdminRequest(
    @NotBlank @Size(max = 200) String token,
    @Email @Size(max = 254) @Pattern(regexp = "[!-~]+") String email,
    @Size(min = 1, max = PasswordRules.LONGEST) String password,
    @Nullable @NotBlank @Size(max = 200) String name,
    @Nullable @Pattern(regexp = "en|pt|id|ru") String locale) {
  RegisterAdminRequest {
    email = email.strip();
  }

  @Override
  public String toString() {
    return "RegisterAdminRequest";
  }
}
