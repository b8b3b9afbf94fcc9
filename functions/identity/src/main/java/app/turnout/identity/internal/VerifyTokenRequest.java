package app.turnout.identity.internal;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// A token that somebody came with.
@Serdeable
record VerifyTokenRequest(@NotBlank @Size(max = 4000) String token) {
  /// Without the token, for whoever logs a request by accident.
  @Override
  public String toString() {
    return "VerifyTokenRequest";
  }
}
