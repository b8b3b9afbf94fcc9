package app.turnout.identity.profile;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// What an owner may set of their account. Its address changes by `users/profile/email`.
///
/// @param locale language of messages: `en`, `pt`, `id` or `ru`
/// @param phone E.164; none when not given
@Serdeable
record ProfileRequest(
    @NotBlank @Size(max = 200) String name,
    @Pattern(regexp = "en|pt|id|ru") String locale,
    @Nullable @Pattern(regexp = "\\+[1-9][0-9]{6,14}") String phone) {
  @Override
  public String toString() {
    return "ProfileRequest";
  }
}
