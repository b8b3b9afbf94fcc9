package app.turnout.organizations.apikeys;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;

/// What a key is to be.
///
/// @param permissions that it carries
@Serdeable
record UpdateApiKeyRequest(
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
        List<String> permissions) {
  UpdateApiKeyRequest {
    permissions = List.copyOf(permissions);
  }

  static UpdateApiKeyRequest of(ApiKey key) {
    return new UpdateApiKeyRequest(key.name(), KeyPermissions.names(key.permissions()));
  }
}
