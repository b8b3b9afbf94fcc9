package app.turnout.identity.credentials;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// @param token from the mail to the new address
@Serdeable
record ConfirmEmailRequest(@NotBlank @Size(max = 200) String token) {
  @Override
  public String toString() {
    return "ConfirmEmailRequest";
  }
}
