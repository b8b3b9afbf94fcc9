package app.turnout.identity.credentials;

import app.turnout.identity.passwords.PasswordRules;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Size;

/// The caller's password, once more.
@Serdeable
record DeactivateRequest(@Size(min = 1, max = PasswordRules.LONGEST) String currentPassword) {
  @Override
  public String toString() {
    return "DeactivateRequest";
  }
}
