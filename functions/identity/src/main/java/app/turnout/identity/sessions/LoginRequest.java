package app.turnout.identity.sessions;

import app.turnout.identity.passwords.PasswordRules;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// A verified account.
@Serdeable
record LoginRequest(
    @NotBlank @Size(max = 254) String email,
    @Size(min = 1, max = PasswordRules.LONGEST) String password) {
  @Override
  public String toString() {
    return "LoginRequest";
  }
}
