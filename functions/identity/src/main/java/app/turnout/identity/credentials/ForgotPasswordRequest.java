package app.turnout.identity.credentials;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// @param email of an account, or of none
@Serdeable
record ForgotPasswordRequest(@NotBlank @Size(max = 254) String email) {
  @Override
  public String toString() {
    return "ForgotPasswordRequest";
  }
}
