package app.turnout.organizations.invitations;

import app.turnout.organizations.members.MemberRole;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/// An invitation that nothing came of yet.
///
/// @param isExpired whether it must be sent again to be good
/// @param sentAt when the mail was last asked for
@Serdeable
record InvitationResponse(
    UUID id,
    String email,
    MemberRole role,
    UUID invitedBy,
    boolean isExpired,
    OffsetDateTime createdAt,
    OffsetDateTime sentAt,
    OffsetDateTime expiresAt) {
  static InvitationResponse of(Invitation invitation, Instant now) {
    return new InvitationResponse(
        invitation.id(),
        invitation.email(),
        invitation.role(),
        invitation.invitedBy().value(),
        !invitation.isOpen(now),
        invitation.createdAt().atOffset(ZoneOffset.UTC),
        invitation.sentAt().atOffset(ZoneOffset.UTC),
        invitation.expiresAt().atOffset(ZoneOffset.UTC));
  }
}
