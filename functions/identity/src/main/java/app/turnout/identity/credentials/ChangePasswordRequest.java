package app.turnout.identity.credentials;

import app.turnout.identity.passwords.PasswordRules;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Size;

/// @param newPassword 10 to 200 characters, not a common one
@Serdeable
record ChangePasswordRequest(
    @Size(min = 1, max = PasswordRules.LONGEST) String currentPassword,
    @Size(min = PasswordRules.SHORTEST, max = PasswordRules.LONGEST) String newPassword) {
  @Override
  public String toString() {
    return "ChangePasswordRequest";
  }
}
