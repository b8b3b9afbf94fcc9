package app.turnout.participants.links;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A participant's link, without its token.
///
/// @param revokedAt null while it is good
/// @param sentAt when it was last given to the mail; null when it never was
@Serdeable
record ParticipantLinkResponse(
    UUID id,
    OffsetDateTime createdAt,
    @Nullable OffsetDateTime revokedAt,
    @Nullable OffsetDateTime sentAt) {
  static ParticipantLinkResponse of(ParticipantLink link) {
    return new ParticipantLinkResponse(
        link.id(),
        link.createdAt().atOffset(ZoneOffset.UTC),
        offset(link.revokedAt()),
        offset(link.sentAt()));
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
