package app.turnout.organizations.apikeys;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key for a program.
///
/// @param name to tell it by
/// @param permissions that it carries
/// @param expiresAt from then on it opens nothing; null for no end
@Serdeable
record CreateApiKeyRequest(
    @NotBlank @Size(max = 100) String name,
    @ArraySchema(
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {
                      "organization.read",
                      "positions.read",
                      "messages.read",
                      "attendance.write",
                      "events.update",
                      "events.manage",
                      "participants.manage",
                      "bookings.manage",
                      "messaging.manage"
                    }))
        @Size(min = 1, max = 20)
        List<String> permissions,
    @Nullable OffsetDateTime expiresAt) {
  CreateApiKeyRequest {
    permissions = List.copyOf(permissions);
  }
}
