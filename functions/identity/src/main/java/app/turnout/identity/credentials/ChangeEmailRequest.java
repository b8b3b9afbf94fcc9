package app.turnout.identity.credentials;

import app.turnout.identity.passwords.PasswordRules;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/// @param email the new address, in ASCII; space around it is dropped
@Serdeable
record ChangeEmailRequest(
    @Email @Size(max = 254) @Pattern(regexp = "[!-~]+") String email,
    @Size(min = 1, max = PasswordRules.LONGEST) String currentPassword) {
  ChangeEmailRequest {
    email = email.strip();
  }

  @Override
  public String toString() {
    return "ChangeEmailRequest";
  }
}
