package app.turnout.identity.admins;

import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/// An administrator of the platform.
///
/// @param id of the user
@Serdeable
record AdminResponse(UUID id, String name, String email, OffsetDateTime since) {
  static AdminResponse of(Admin admin) {
    return new AdminResponse(
        admin.id().value(), admin.name(), admin.email(), admin.since().atOffset(ZoneOffset.UTC));
  }
}
