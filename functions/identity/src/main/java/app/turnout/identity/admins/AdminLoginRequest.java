package app.turnout.identity.admins;

import app.turnout.identity.passwords.PasswordRules;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// An administrator's account.
@Serdeable
record AdminLoginRequest(
    @NotBlank @Size(max = 254) String email,
    @Size(min = 1, max = PasswordRules.LONGEST) String password) {
  @Override
  public String toString() {
    return "AdminLoginRequest";
  }
}
