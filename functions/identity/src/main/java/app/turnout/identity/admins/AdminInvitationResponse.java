package app.turnout.identity.admins;

import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An invitation that is open.
///
/// @param invitedBy the administrator's user id; null when that account is gone
@Serdeable
record AdminInvitationResponse(
    UUID id,
    String email,
    @Nullable UUID invitedBy,
    OffsetDateTime createdAt,
    OffsetDateTime expiresAt) {
  static AdminInvitationResponse of(Invitation invitation) {
    return new AdminInvitationResponse(
        invitation.id(),
        invitation.email().value(),
        invitation.invitedBy(),
        invitation.createdAt().atOffset(ZoneOffset.UTC),
        invitation.expiresAt().atOffset(ZoneOffset.UTC));
  }
}
