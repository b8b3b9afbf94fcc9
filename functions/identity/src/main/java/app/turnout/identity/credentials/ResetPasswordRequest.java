package app.turnout.identity.credentials;

import app.turnout.identity.passwords.PasswordRules;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// @param token from the mail
/// @param password the new one: 10 to 200 characters, not a common one
@Serdeable
record ResetPasswordRequest(
    @NotBlank @Size(max = 200) String token,
    @Size(min = PasswordRules.SHORTEST, max = PasswordRules.LONGEST) String password) {
  @Override
  public String toString() {
    return "ResetPasswordRequest";
  }
}
