package app.turnout.participants.links;

import app.turnout.platform.idempotency.Secretive;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A link that was made just now, with the token that is shown this once.
///
/// @param token goes into `Authorization: Bearer …`; null only in the copy that is kept for a
///   repeated request
/// @param url the page to give to the participant; it carries the token in its fragment, which is
///   sent to no server
@Serdeable
record MadeLinkResponse(
    UUID id, @Nullable String token, @Nullable String url, OffsetDateTime createdAt)
    implements Secretive<MadeLinkResponse> {
  @Override
  public MadeLinkResponse withoutSecrets() {
    return new MadeLinkResponse(id, null, null, createdAt);
  }
}
