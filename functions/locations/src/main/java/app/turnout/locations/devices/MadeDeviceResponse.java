package app.turnout.locations.devices;

import app.turnout.platform.idempotency.Secretive;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A device that was let in just now, with the token that is shown this once.
///
/// @param token goes where the app has room for it; null only in the copy that is kept for a
///   repeated request
/// @param apps how to set up the apps that we know; null where the token is
@Serdeable
record MadeDeviceResponse(
    UUID id,
    String name,
    @Nullable String token,
    @Nullable AppSettings apps,
    OffsetDateTime createdAt)
    implements Secretive<MadeDeviceResponse> {
  @Override
  public MadeDeviceResponse withoutSecrets() {
    return new MadeDeviceResponse(id, name, null, null, createdAt);
  }
}
