package app.turnout.participants.guestlist;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// Somebody to be expected.
///
/// @param phone E.164: `+` and 7 to 15 digits
/// @param locale language of messages to them: `en`, `pt`, `id` or `ru`; `en` when not given
@Serdeable
record AddParticipantRequest(
    @NotBlank @Size(max = 200) String name,
    @Nullable @Pattern(regexp = "\\+[1-9][0-9]{6,14}") String phone,
    @Nullable @Email @Size(max = 254) String email,
    @Nullable @Pattern(regexp = "en|pt|id|ru") String locale) {}
