package app.turnout.identity.oauth;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/// A code that the browser came back with.
///
/// @param codeVerifier whose challenge the attempt was started with (RFC 7636 §4.1)
@Serdeable
record RedeemRequest(
    @NotBlank @Size(max = 200) String code,
    @Pattern(regexp = "[A-Za-z0-9._~-]{43,128}") String codeVerifier) {
  @Override
  public String toString() {
    return "RedeemRequest";
  }
}
