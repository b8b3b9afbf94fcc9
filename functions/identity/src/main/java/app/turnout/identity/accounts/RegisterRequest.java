package app.turnout.identity.accounts;

import app.turnout.identity.passwords.PasswordRules;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// A new account.
///
/// @param email in ASCII; space around it is dropped
/// @param password 10 to 200 characters, not a common one
/// @param locale language of messages: `en`, `pt`, `id` or `ru`; `en` when not given
@Serdeable
record RegisterRequest(
    @Email @Size(max = 254) @Pattern(regexp = "[!-~]+") String email,
    @Size(min = PasswordRules.SHORTEST, max = PasswordRules.LONGEST) String password,
    @NotBlank @Size(max = 200) String name,
    @Nullable @Pattern(regexp = "en|pt|id|ru") String locale) {
  RegisterRequest {
    email = email.strip();
  }

  /// Without the password, for whoever logs a request by accident.
  @Override
  public String toString() {
    return "RegisterRequest";
  }
}
