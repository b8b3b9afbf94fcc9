package app.turnout.participants.guestlist;

import app.turnout.domain.TravelMode;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Somebody to be expected.
///
/// @param phone with the country's code, as `+353 87 123 4567`; without it when the organization's
///   country is set. It is stored as E.164
/// @param locale language of messages to them: `en`, `pt`, `id` or `ru`; `en` when not given
/// @param note for the organisers only
/// @param tags for the organisers only; up to 50 characters each
/// @param travelMode how they come; `car` when not given
@Serdeable
public record AddParticipantRequest(
    @NotBlank @Size(max = 200) String name,
    @Nullable @Size(max = 50) @Schema(example = "+353871234567") String phone,
    @Nullable @Email @Size(max = 254) String email,
    @Nullable @Pattern(regexp = "en|pt|id|ru") String locale,
    @Nullable @Size(max = 4000) String note,
    @Nullable @Size(max = 20) List<String> tags,
    @Nullable TravelMode travelMode) {
  public AddParticipantRequest {
    tags = tags == null ? null : List.copyOf(tags);
  }

  /// As a whole: what was not given has its default.
  public UpdateParticipantRequest whole() {
    return new UpdateParticipantRequest(
        name,
        phone,
        email,
        Objects.requireNonNullElse(locale, "en"),
        note,
        Objects.requireNonNullElse(tags, List.of()),
        travelMode);
  }
}
