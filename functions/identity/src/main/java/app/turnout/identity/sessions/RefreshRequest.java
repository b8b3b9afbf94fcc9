package app.turnout.identity.sessions;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/// The newest refresh token of a session.
@Serdeable
record RefreshRequest(@NotBlank @Size(max = 200) String refreshToken) {
  @Override
  public String toString() {
    return "RefreshRequest";
  }
}
